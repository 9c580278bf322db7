/**
 * Every drill on real processes, again and again: told within the promised bound, or nobody woken, and undone. It starts a system of its
 * own. Options: --tolerate 10s, --times N of each, --only kill,freeze, --also kill=20,both=20, --json. Exits with 1 when one is not as it should be.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import type { OutcomeJson } from '../cli/drill/outcome';
import { entry, startQuickSystem } from './drills/quick-system';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    times: { type: 'string', default: '3' },
    tolerate: { type: 'string', default: '10s' },
    only: { type: 'string' },
    also: { type: 'string', default: '' },
  },
});

const drills: readonly (readonly [name: string, ...words: string[]])[] = [
  ['kill', 'us-east-2'],
  ['kill-prober', 'us-east-2'],
  ['freeze', 'us-east-2'],
  ['stop', 'us-east-2'],
  ['skip', 'us-east-2'],
  ['cut', 'eu-west-1:us-east-2'],
  ['cut', 'eu-west-1>us-east-2'],
  ['lag', 'eu-west-1>us-east-2', '10m', '--for', '60s'],
  ['throttle', 'us-east-2'],
  ['mute', 'eu-west-1'],
  ['both'],
  ['store', 'us-east-2'],
  ['clock', 'us-east-2', '--by', '+4m'],
  ['clock', 'us-east-2', '--by', '-4m'],
];

interface Row {
  readonly drill: string;
  readonly runs: readonly (OutcomeJson | string)[];
}

const only = values.only?.split(',');
const moreTimes = new Map(values.also.split(',').map((word) => [word.split('=')[0] ?? '', Number(word.split('=')[1])]));
const system = await startQuickSystem(values.tolerate);
const rows: Row[] = [];
try {
  for (const words of drills) if (only === undefined || only.includes(words[0])) rows.push(await rowOf(words));
} finally {
  await system.stop();
}
const isRight = rows.every(({ runs }) => runs.every(isOk));
if (values.json) console.log(JSON.stringify({ bench: 'drills', tolerate: values.tolerate, ok: isRight, rows }));
else console.log(columns([['drill', 'right', 'told after (s)', 'bound', 'its end after (s)', 'by'], ...rows.map(wordsOf)]));
process.exitCode = isRight ? 0 : 1;

async function rowOf(words: (typeof drills)[number]): Promise<Row> {
  const runs: (OutcomeJson | string)[] = [];
  const times = moreTimes.get(words[0]) ?? Number(values.times);
  for (let time = 1; time <= times; time += 1) {
    const run = await runDrill(words);
    runs.push(run);
    console.error(`${words.join(' ')} ${time}/${times}: ${typeof run === 'string' ? run : summaryOf(run)}`);
  }
  return { drill: words.filter((word) => word !== '--by' && word !== '--for').join(' '), runs };
}

/** Through the command line, as a user drills; the words when it could not begin, or was lost. */
function runDrill(words: readonly string[]): Promise<OutcomeJson | string> {
  const child = spawn(process.execPath, [entry, 'drill', ...words, '--json', '--port', String(system.port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return new Promise((resolve) =>
    child.once('close', () => resolve(said.out === '' ? (said.err.trim().split('\n').at(-1) ?? '') : (JSON.parse(said.out) as OutcomeJson))),
  );
}

function isOk(run: OutcomeJson | string): boolean {
  return typeof run !== 'string' && run.ok;
}

function summaryOf({ ok, by, afterMs, boundMs, resolvedAfterMs, opened, text }: OutcomeJson): string {
  const told =
    afterMs === null
      ? `${opened.length} announcements`
      : `told by ${by} after ${seconds(afterMs)} of ${seconds(boundMs)} s, its end after ${seconds(resolvedAfterMs)} s`;
  const others = opened.map((one) => String(one.text)).filter((one) => one !== text);
  return [ok ? 'ok' : 'FAIL', told, text ?? '', ...others.map((one) => `also: ${one}`)].join('; ');
}

function wordsOf({ drill, runs }: Row): readonly string[] {
  const outcomes = runs.filter((run) => typeof run !== 'string');
  const told = outcomes.flatMap(({ afterMs }) => afterMs ?? []);
  const ends = outcomes.flatMap(({ resolvedAfterMs }) => resolvedAfterMs ?? []);
  const by = new Set(outcomes.flatMap((outcome) => outcome.by ?? []));
  const bound = outcomes[0]?.boundMs ?? null;
  return [drill, `${runs.filter(isOk).length} of ${runs.length}`, spread(told), bound === null ? 'nobody' : seconds(bound), spread(ends), [...by].join(', ')];
}

function spread(ms: readonly number[]): string {
  return ms.length === 0 ? '' : `${seconds(Math.min(...ms))} - ${seconds(Math.max(...ms))}`;
}

function seconds(ms: number | null): string {
  return ms === null ? '-' : (ms / 1000).toFixed(1);
}
