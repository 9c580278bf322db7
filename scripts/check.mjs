// The one gate: format, lint, types, layers, dead code, tests, and a few hundred simulated storms. Prints what failed, and how long each took.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isJson = process.argv.includes('--json');
const skipsTests = process.argv.includes('--without-tests');

const steps = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['purity of core and engine', 'tsc', ['-p', 'src/tsconfig.pure.json']],
  ['types of the page', 'tsc', ['-p', 'local/tsconfig.page.json']],
  ['layers', 'depcruise', ['src', 'functions', 'local', 'cli', 'infra', 'test', '--output-type', 'err']],
  ['dead code', 'knip', []],
  ...(skipsTests ? [] : [['tests', 'jest', ['--silent']]]),
  ['200 simulated storms', 'tsx', ['test/sim/main.ts', '--seeds', '200']],
];

const results = steps.map(([name, command, args]) => {
  const startedAt = performance.now();
  const run = spawnSync(`${root}node_modules/.bin/${command}`, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  const isGood = run.status === 0;
  if (!isJson) {
    console.log(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    if (!isGood) console.log([run.stdout, run.stderr, run.error?.message].filter(Boolean).join('\n'));
  }
  return { name, isGood, seconds };
});

const failed = results.filter((result) => !result.isGood);
if (isJson) console.log(JSON.stringify({ passed: results.length - failed.length, failed: failed.length, steps: results }));
else console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
