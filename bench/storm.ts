/**
 * Alerts under load, on the whole local system with its embedded tables and a real receiver behind every kind of channel. First how long it
 * takes from a transition to its receipt on every channel; then a storm: every service breaks at once. `--monitors 1000 --services 5 --json`.
 * Exits with 1 when a goal is missed.
 */
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import { machineLoad } from './peers/processes';
import { type Figure, goalsOfReceipts, goalsOfStorm } from './storm/goals';
import { medianMb } from './storm/memory';
import { type Passed, passStorm } from './storm/passing';
import { measureReceipts, type Receipts } from './storm/receipts';
import { openReceivers, type Receivers } from './storm/receivers';
import { openServices, type Services } from './storm/services';
import { type StormSystem, startStormSystem } from './storm/system';

const { values } = parseArgs({
  options: { monitors: { type: 'string', default: '1000' }, services: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const stores = 'the whole local system, with its embedded tables; receivers are HTTP servers on 127.0.0.1';

const receipts = await inSystem({ count: Number(values.services), intervalSeconds: 4 }, ({ system, services }) => measureReceipts(system, services));
const storm = await inSystem({ count: Number(values.monitors), intervalSeconds: 30 }, async ({ system, services, receivers }) => {
  const passed = await passStorm(system, services, receivers);
  return { passed, figures: goalsOfStorm(passed, system.config) };
});
report([...goalsOfReceipts(receipts), ...storm.figures]);

interface Running {
  readonly system: StormSystem;
  readonly services: Services;
  readonly receivers: Receivers;
}

async function inSystem<Result>(
  size: { readonly count: number; readonly intervalSeconds: number },
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const services = await openServices(size.count);
  const receivers = await openReceivers();
  const system = await startStormSystem(services, receivers, size.intervalSeconds);
  try {
    return await work({ system, services, receivers });
  } finally {
    await system.stop();
    services.close();
    receivers.close();
  }
}

function report(figures: readonly Figure[]): void {
  const failed = figures.filter(({ isMet }) => !isMet).length;
  const { passed } = storm;
  if (values.json) {
    const channels = receipts.map(({ channel, msAfter }) => ({ channel, ...spreadOf(msAfter) }));
    const waits = { ...spreadOf(passed.waitsMs), openedWithinMs: passed.openedWithinMs };
    console.log(
      JSON.stringify({
        bench: 'storm',
        ok: failed === 0,
        stores,
        load: machineLoad(),
        receiptsMs: channels,
        waitsMs: waits,
        memoryMb: memoryOf(passed),
        figures,
      }),
    );
  } else show(figures, failed);
  process.exitCode = failed === 0 ? 0 : 1;
}

function show(figures: readonly Figure[], failed: number): void {
  const { before, peak, after } = memoryOf(storm.passed);
  console.log(`${stores}; load of the machine ${machineLoad().toFixed(1)}`);
  console.log(columns([['step to receipt (ms)', 'times', 'min', 'median', 'max'], ...receipts.map(rowOf)]));
  console.log(columns([['opening to first message (ms)', 'times', 'min', 'median', 'max'], rowOf({ channel: 'post', msAfter: storm.passed.waitsMs })]));
  console.log(`memory of all processes: ${before} MB before, ${peak} MB at most, ${after} MB after`);
  console.log(columns([['goal', 'measured', 'wanted', ''], ...figures.map(wordsOf)]));
  console.log(`${figures.length - failed} passed, ${failed} failed`);
}

function wordsOf({ what, value, goal, unit, isMet }: Figure): readonly string[] {
  return [what, `${Math.round(value)} ${unit}`.trim(), goal, isMet ? 'ok' : 'MISSED'];
}

function rowOf({ channel, msAfter }: Pick<Receipts, 'channel' | 'msAfter'>): readonly string[] {
  const { times, min, median, max } = spreadOf(msAfter);
  return [channel, ...[times, min, median, max].map(String)];
}

/** `ascending`: and none is no figure. */
function spreadOf(ascending: readonly number[]): Readonly<Record<'times' | 'min' | 'median' | 'max', number | null>> {
  const [min = null, max = null] = [ascending[0], ascending.at(-1)];
  return { times: ascending.length, min, median: ascending[Math.floor(ascending.length / 2)] ?? null, max };
}

function memoryOf({ before, during, after }: Passed): Readonly<Record<'before' | 'peak' | 'after', number>> {
  const peak = Math.max(...[...before, ...during, ...after.flat()].map(({ wholeMb }) => wholeMb));
  return { before: Math.round(medianMb(before)), peak: Math.round(peak), after: Math.round(medianMb(after[1])) };
}
