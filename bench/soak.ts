/**
 * Whether rounds leave anything behind: memory, open files and what keeps a process alive, after many rounds in one process of monitors of every
 * kind, some of which fail, and of `--monitors N` plain ones. `--rounds N --json`. Exits with 1 where one of them grew between the first quarter,
 * when everything has been seen once, and the last, or where a monitor of any kind was not found well.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import { machineLoad } from './peers/processes';
import { bundleOwn, startOwn } from './probe/own';
import type { OwnRound } from './probe/own-spec';
import { openTarget } from './probe/target';
import { spreadOf } from './probe/windows';
import { openEveryKind } from './soak/every-kind';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10000' }, monitors: { type: 'string', default: '10' }, json: { type: 'boolean', default: false } },
});
const [rounds, monitors] = [Number(values.rounds), Number(values.monitors)];
/** Of a heap that is as large as it may be, a collection more or less. */
const slackMb = 12;
const slackHandles = 8;
const pace = { intervalMs: 0, timeoutMs: 5000 };

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-soak-'));
const target = await openTarget(folder);
const everyKind = await openEveryKind(target);
const all = monitors + everyKind.monitors.length;
const wellBehaved = monitors + everyKind.monitors.filter(({ everyRounds = 1 }) => everyRounds === 1).length;
try {
  const urls = Array.from({ length: monitors }, (_, index) => target.url('http', 'soak', index));
  const own = startOwn(
    { folder, program: await bundleOwn(folder), name: 'soak' },
    { urls, others: everyKind.monitors, ...pace, rounds, trusted: target.certificate },
  );
  await own.ended;
  report(own.rounds);
} finally {
  everyKind.close();
  await target.process.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function report(seen: readonly OwnRound[]): void {
  const quarters = [0, 1, 2, 3].map((quarter) => seen.slice((quarter * seen.length) / 4, ((quarter + 1) * seen.length) / 4));
  const rows = quarters.map((part) => ({
    rssMb: median(part, 'rssMb'),
    handles: median(part, 'handles'),
    openFiles: median(part, 'openFiles'),
    good: part.reduce((sum, { good }) => sum + good, 0),
  }));
  const [first, last] = [rows[0], rows[3]];
  const grown = (of: 'rssMb' | 'handles' | 'openFiles'): number => (last?.[of] ?? Number.NaN) - (first?.[of] ?? Number.NaN);
  const areWell = seen.every(({ good }) => good === wellBehaved);
  const isFlat = seen.length === rounds && areWell && grown('rssMb') <= slackMb && grown('handles') <= slackHandles && grown('openFiles') <= slackHandles;
  if (values.json) console.log(JSON.stringify({ bench: 'soak', rounds: seen.length, monitors: all, rows, areWell, isFlat }));
  else {
    const lines = rows.map(({ rssMb, handles, openFiles, good }, index) => [
      `quarter ${index + 1}`,
      rssMb.toFixed(1),
      String(handles),
      String(openFiles),
      String(good),
    ]);
    console.log(columns([['medians', 'RSS MB', 'handles', 'open files', 'good probes'], ...lines]));
    console.log(
      `${isFlat ? 'flat' : areWell ? 'GROWN' : 'NOT WELL'}: ${seen.length} of ${rounds} rounds of ${all} monitors of every kind, load of the machine ${machineLoad().toFixed(1)}`,
    );
  }
  process.exitCode = isFlat ? 0 : 1;
}

function median(part: readonly OwnRound[], of: 'rssMb' | 'handles' | 'openFiles'): number {
  return spreadOf(part.map((round) => round[of])).median;
}
