// Changes the code that decides in every small way, and asks whether a test notices. Not part of the gate: it takes minutes.
//   npm run mutate -- [--json] [--all] [--at-once 2] [watch timeline …]
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { jestOf, testsOf } from '../stryker.config.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const leastScore = 85;
const { values: wish, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, all: { type: 'boolean' }, 'at-once': { type: 'string', default: '2' } },
});
const unknown = positionals.filter((name) => !(name in testsOf));
if (unknown.length > 0) {
  console.error(`No such file: ${unknown.join(', ')}. These are tried: ${Object.keys(testsOf).join(', ')}.`);
  process.exit(2);
}

const startedAt = performance.now();
const files = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(testsOf)) {
  const file = await tried(name);
  files.push(file);
  if (!wish.json) tell(file);
}
const total = scoreOf(files.flatMap((file) => file.statuses));
const isGood = files.every((file) => file.score >= leastScore);
const seconds = Math.round((performance.now() - startedAt) / 1000);
if (wish.json) console.log(JSON.stringify({ isGood, leastScore, total, seconds, files: files.map(({ statuses, ...file }) => file) }));
else console.log(`${total} % in all, ${leastScore} % is the least of each file (${seconds} s)`);
process.exit(isGood ? 0 : 1);

/** What has not changed since the last run is not tried again, unless `--all` is asked; all of a file is, when its tests have changed. */
async function tried(name) {
  const began = performance.now();
  const [tests, before] = [fingerprint(name), `.stryker/${name}.tests`];
  const mutants = await new Stryker({
    mutate: [`src/core/${name}.ts`],
    jest: { config: jestOf(testsOf[name]) },
    incrementalFile: `.stryker/${name}.json`,
    force: wish.all === true || read(before) !== tests,
    concurrency: Number(wish['at-once']),
    logLevel: 'error',
    allowConsoleColors: false,
  }).runMutationTest();
  mkdirSync('.stryker', { recursive: true });
  writeFileSync(before, tests);
  const statuses = mutants.map((mutant) => mutant.status);
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').map(survivor);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { file: `src/core/${name}.ts`, score: scoreOf(statuses), mutants: statuses.length, seconds, survivors, statuses };
}

/** Of the tests a file is tried with, and of what they are built from. */
function fingerprint(name) {
  const files = [...testsOf[name].map((test) => `${test}.test`), 'builders', 'one-page', 'watch-builders', 'histories'];
  return createHash('sha256')
    .update(files.map((file) => read(`test/core/${file}.ts`)).join('\n'))
    .digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function survivor({ fileName, location, mutatorName, replacement }) {
  const place = `${fileName.replace(/^.*?src\/core/, 'src/core')}:${location.start.line}:${location.start.column}`;
  return { place, kind: mutatorName, to: replacement };
}

/** Out of a hundred that could be noticed, those that were. */
function scoreOf(statuses) {
  const noticed = statuses.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const missed = statuses.filter((status) => status === 'Survived' || status === 'NoCoverage').length;
  return noticed + missed === 0 ? 100 : Math.floor((1000 * noticed) / (noticed + missed)) / 10;
}

function tell({ file, score, mutants, seconds, survivors }) {
  console.log(`${score >= leastScore ? 'ok  ' : 'FAIL'} ${file}: ${score} % of ${mutants} (${seconds} s)`);
  for (const { place, kind, to } of survivors) console.log(`     ${place} ${kind}: ${to.replace(/\s+/g, ' ')}`);
}
