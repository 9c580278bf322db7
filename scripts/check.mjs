// The one gate: format, lint, types, layers, dead code, tests, and a few hundred simulated storms. Says what failed, and how long each took.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isJson = process.argv.includes('--json');
/** All tests have just passed: they need not run twice. */
const isAfterTests = process.argv.includes('--after-tests');

/** They start whole systems or simulate days, and would take the gate beyond two minutes: `npm test` has them too. */
const leftToNpmTest = [
  'test/local/(each-other|heartbeat|landing|relay|shards|supervisor|whole-system)',
  'test/local/aws/(alarm-switch|faults|killed-edge|poke|schedule)',
  'test/cli/(drill|drill-command|restore|table-file)',
  'test/adapters/(budget|dns-liars|start-tls)',
  'test/core/cost/table-use',
  'test/engine/old-beside-new',
  'test/infra/(bundle|config-file|vpc)',
  // All but the stories: the storms of the gate run the same engine.
  'test/sim/scenarios/(?!story-)[^/]+',
  'test/web/(history|page)',
];

/** Tests wait for real servers much of their time: what only computes goes on beside them, one after the other. */
const lanes = [
  isAfterTests ? [] : [['tests', ['test', '--', '--silent', '--testPathIgnorePatterns', ...leftToNpmTest.map((path) => `/${path}\\.test`)]]],
  [
    ['format and lint', ['lint']],
    ['layers', ['layers']],
    ['dead code', ['dead-code']],
    ['types, and the purity of core and engine', ['types']],
    ['200 simulated storms', ['sim', '--', '--seeds', '200', '--jobs', '1']],
  ],
];

const results = (await Promise.all(lanes.map(oneAfterTheOther))).flat();
const failed = results.filter((result) => !result.isGood).length;
const passed = results.length - failed;
if (isJson) console.log(JSON.stringify({ passed, failed, steps: results }));
else console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function oneAfterTheOther(steps) {
  const done = [];
  for (const step of steps) done.push(await resultOf(step));
  return done;
}

async function resultOf([name, script]) {
  const startedAt = performance.now();
  const { isGood, said } = await run(script);
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  if (!isJson) {
    console.log(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    if (!isGood) console.log(said);
  }
  return { name, isGood, seconds };
}

/** What it said is kept for the case that it fails. */
function run(script) {
  const child = spawn('npm', ['run', '--silent', ...script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ isGood: false, said: error.message }));
    child.on('close', (code) => resolve({ isGood: code === 0, said }));
  });
}
