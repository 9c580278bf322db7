/** What a look at 1,000 CloudWatch alarms costs, each with an hour of beats behind it, and how much of its limit that is: the first look, cold, and the median. */
import { type AlarmDefinition, type AlarmMemory, newAlarm } from '../local/aws/alarm/definition';
import { type DataPoint, evaluate } from '../local/aws/alarm/evaluation';
import { regionId } from '../src/core/basics/brand';
import { hour, minute, second } from '../src/core/basics/time';
import { silenceAlarm } from '../src/core/silence-alarm';

const isJson = process.argv.includes('--json');
const alarms = 1000;
const limitMs = 20;
const runs = 200;
const now = Date.parse('2026-11-21T04:00:07Z');

interface Watched {
  readonly alarm: AlarmDefinition;
  readonly memory: AlarmMemory;
  readonly points: readonly DataPoint[];
}

const rows = [
  { what: 'as deployed, one beat a minute', ms: times(watched({ window: 'wall-clock' }, minute)) },
  { what: 'sliding, 5 of 5, a beat every 10 s', ms: times(watched({ window: 'sliding', evaluationPeriods: 5, datapointsToAlarm: 5 }, 10 * second)) },
].map(({ what, ms }) => ({ what, firstMs: ms[0] ?? Number.NaN, medianMs: at(ms, 0.5), p99Ms: at(ms, 0.99), ratio: at(ms, 0.5) / limitMs }));
const isGood = rows.every(({ ratio }) => ratio <= 1);

if (isJson) console.log(JSON.stringify({ bench: 'alarms', alarms, runs, limitMs, rows, isGood }));
else {
  for (const { what, firstMs, medianMs, p99Ms, ratio } of rows) {
    const figures = `first ${firstMs.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms, median ${medianMs.toFixed(2)} ms`;
    console.log(`${alarms} alarms ${what.padEnd(36)} ${figures} = ${(100 * ratio).toFixed(1)} % of the limit of ${limitMs} ms`);
  }
}
process.exitCode = isGood ? 0 : 1;

/** A third is well, a third fell silent in the last minutes, and a third has been silent for long. */
function watched(changes: Partial<AlarmDefinition>, beatMs: number): readonly Watched[] {
  const observer = regionId('us-east-2');
  return Array.from({ length: alarms }, (_, index) => {
    const silentMs = [0, 3 * minute, hour][index % 3] ?? 0;
    const alarm = { ...silenceAlarm({ role: 'prober', region: regionId(`region-${index}`) }, observer), ...changes };
    const memory: AlarmMemory = { ...newAlarm(now - hour), state: 'OK', isWarm: true };
    return { alarm, memory, points: beatsUntil(now - silentMs, beatMs) };
  });
}

function beatsUntil(end: number, beatMs: number): readonly DataPoint[] {
  const count = Math.floor((end - (now - hour)) / beatMs);
  return Array.from({ length: count }, (_, index) => ({ at: end - (count - index) * beatMs, value: 1 }));
}

/** In the order in which they were measured. */
function times(all: readonly Watched[]): readonly number[] {
  return Array.from({ length: runs }, () => {
    const begun = performance.now();
    const fired = all.filter(({ alarm, memory, points }) => evaluate(alarm, memory, { now, points, heardSince: 0 }).state === 'ALARM').length;
    const ms = performance.now() - begun;
    if (fired < Math.floor(alarms / 3)) throw new Error(`only ${fired} of ${alarms} alarms fired; a third is silent for long`);
    return ms;
  });
}

function at(ms: readonly number[], share: number): number {
  const sorted = ms.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
