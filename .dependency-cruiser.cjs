/** The layers, as sentences. Core decides, engine runs, adapters touch, hosts wire. */
const hosts = ['functions', 'local', 'cli', 'infra', 'test', 'bench', 'scripts'];

module.exports = {
  forbidden: [
    {
      name: 'core-decides-and-imports-nothing',
      comment: 'Core is plain data in, plain data out. Hand it what it needs as an argument. (zod and yaml are for core/config alone.)',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '^src/core/config/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'config-knows-only-what-parses',
      comment: 'core/config parses text into trusted types with zod, yaml, and what reads patterns and paths; nothing else.',
      severity: 'error',
      from: { path: '^src/core/config/' },
      to: { pathNot: ['^src/core/', 'node_modules/(zod|yaml|re2js|json-p3|croner|liquidjs)/'] },
    },
    {
      name: 'engine-runs-the-core-through-ports',
      comment: 'The engine touches the world only through engine/ports.ts; put the touching into an adapter.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: '^src/(core|engine)/' },
    },
    {
      name: 'validation-stays-at-deploy-time',
      comment: 'Functions read a parsed configuration; only core/config itself, the hosts on a laptop and tests may parse one.',
      severity: 'error',
      from: { path: '^(functions|src/(core|engine|adapters))/', pathNot: '^src/core/config/' },
      to: { path: '^src/core/config/', pathNot: '^src/core/config/(config|conditions|channels/channel|kinds/probe|kinds/[a-z-]+/probe)\\.ts$' },
    },
    {
      name: 'adapters-know-no-host',
      comment: 'An adapter is wired by hosts; it imports core, engine and packages.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: `^(${hosts.join('|')})/` },
    },
    {
      name: 'hosts-never-meet',
      comment: 'Functions, local mode, the command line and the simulator share code through src/ alone.',
      severity: 'error',
      from: { path: '^(functions|local|cli)/' },
      to: { path: '^(functions|local|cli|infra|test|bench|scripts)/', pathNot: '^$1/' },
    },
    {
      name: 'infra-knows-only-the-config-and-the-table',
      comment: 'What is deployed knows the config, the names, the table description, the alarms and how functions are bundled; nothing that runs.',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^(src|functions|local|cli|test|bench|scripts)/',
        pathNot:
          '^src/core/(config|basics)/|^src/core/(names|table|region-functions|silence-alarm|trouble-alarm|failed-round|function-size|secret)\\.ts$|^src/adapters/function-bundle\\.ts$',
      },
    },
    {
      name: 'nothing-ships-with-test',
      comment: 'Test code is imported by tests alone.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'the-simulator-runs-the-engine-alone',
      comment: 'The simulator is a host: core and engine on simulated ports, no adapter.',
      severity: 'error',
      from: { path: '^test/sim/' },
      to: { path: '^(src/adapters|functions|local|cli|infra)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^local/page/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
