// The one gate: format, lint, types, layers, dead code, tests, and a few hundred simulated storms. Says what failed, and how long each took.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isJson = process.argv.includes('--json');

const steps = [
  ['format and lint', ['lint']],
  ['types, and the purity of core and engine', ['types']],
  ['layers', ['layers']],
  ['dead code', ['dead-code']],
  ['tests', ['test', '--', '--silent']],
  ['200 simulated storms', ['sim', '--', '--seeds', '200', '--jobs', '2']],
];

const results = steps.map(([name, script]) => {
  const startedAt = performance.now();
  const run = spawnSync('npm', ['run', '--silent', ...script], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  const isGood = run.status === 0;
  if (!isJson) {
    console.log(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    if (!isGood) console.log([run.stdout, run.stderr, run.error?.message].filter(Boolean).join('\n'));
  }
  return { name, isGood, seconds };
});

const failed = results.filter((result) => !result.isGood).length;
const passed = results.length - failed;
if (isJson) console.log(JSON.stringify({ passed, failed, steps: results }));
else console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
