/** A table is lost and restored: on embedded engines that twinwatch did not write, with the functions' own engine and adapters. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportTable } from '../../cli/export';
import { importTable } from '../../cli/import-table';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { openWholeTable, type TableToOpen } from '../../src/adapters/dynamodb/whole-table';
import { type Instant, instant, type RegionId } from '../../src/core/basics/brand';
import { isoTime, minute } from '../../src/core/basics/time';
import { decodeHead, encodeHead, type Head } from '../../src/core/beat';
import { readSequence } from '../../src/core/sequence';
import { claimKey, headKey, onlyShard } from '../../src/core/table';
import { runProber, runWatchdog, type World } from '../../src/engine/invocation';
import { createOverview, type Overview } from '../../src/engine/overview';
import { type Engine, hasDynoxide, startDynalite, startDynoxide } from '../adapters/engines';
import { at, attempt, config, east, middle, monitor, slot, west } from '../core/builders';
import { withRealTimers } from '../engine/real-timers';
import { type SmallWorld, smallWorld, timeLeft } from '../engine/small-world';

const everywhere = [west, east, middle];
const watched = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

let folder: string;
const engines: Engine[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-restore-'));
  await writeFile(
    join(folder, 'twinwatch.yaml'),
    'regions: { probers: [eu-west-1, us-east-2] }\nmonitors: { shop: { http: { url: https://shop.example.com/ } } }\n',
  );
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  await rm(folder, { recursive: true });
});

/** The functions of all regions on one table, with all they have told. */
interface Running {
  readonly small: SmallWorld;
  readonly engine: Engine;
  /** A turn of every function in each of these minutes, but of the probers only those of these regions. */
  minutes(from: string, to: string, probers?: readonly RegionId[]): Promise<void>;
  overview(): Overview;
  told(): readonly string[];
}

function running(engine: Engine, small = smallWorld({ config: watched, now: at('00:00:02') })): Running {
  engines.push(engine);
  const replica = (region: RegionId) => createReplica({ region, timeoutMs: 5000, isConsistent: () => true, client: engine.client });
  const worlds = new Map<string, World>();
  const worldOf = (role: 'prober' | 'watchdog', region: RegionId): World => {
    const made = small.another({ role, region, bootId: `${role}-${region}` });
    const world = worlds.get(`${role} ${region}`) ?? { ...made, ports: { ...made.ports, clock: withRealTimers(made.ports.clock), replica } };
    worlds.set(`${role} ${region}`, world);
    return { ...world, invocation: timeLeft(small, 25_000) };
  };
  const turn = async (scheduled: Instant, probers: readonly RegionId[]): Promise<void> => {
    const event = { scheduledTime: isoTime(scheduled) };
    for (const region of probers) await runProber(event, worldOf('prober', region));
    small.now = instant(scheduled + minute / 2 + 1000);
    for (const region of everywhere) await runWatchdog(event, worldOf('watchdog', region));
  };
  return {
    small,
    engine,
    async minutes(from, to, probers = [west, east]) {
      for (let time = at(from); time < at(to); time = instant(time + minute)) {
        small.now = instant(time + 2000);
        await turn(time, probers);
      }
    },
    overview: () => createOverview({ config: watched, clock: withRealTimers(small.world.ports.clock), replicas: [replica(west)], lookLimitMs: 10_000 }),
    told: () => small.published.map(({ message }) => message.subject),
  };
}

const aroundOf = ({ engine, small }: Running) => ({ now: () => small.now, open: (table: TableToOpen) => openWholeTable({ ...table, client: engine.client }) });

/** What remains of a table is its file: the new one is on another engine, and no function remembers anything. */
async function restored(lost: Running, start: () => Promise<Engine>, meanwhile = async (): Promise<void> => undefined): Promise<Running> {
  const options = { config: join(folder, 'twinwatch.yaml'), port: '1', json: true };
  const file = join(folder, 'table.jsonl');
  const exported = await exportTable(file, options, aroundOf(lost));
  if (exported.exitCode !== 0) throw new Error(exported.text);
  await meanwhile();
  await engines.splice(engines.indexOf(lost.engine), 1)[0]?.close();
  const found = running(await start(), lost.small);
  const imported = await importTable(file, options, aroundOf(found));
  if (imported.exitCode !== 0) throw new Error(imported.text);
  return found;
}

async function known({ overview }: Running) {
  const seen = overview();
  await seen.refresh();
  const { incidents, monitors } = seen.status();
  return { incidents, monitors, announcements: seen.announcements(), reports: await seen.reports({ from: at('00:00'), to: at('00:05') }) };
}

const kinds: readonly (readonly [string, () => Promise<Engine>])[] = [
  ...(hasDynoxide ? [['dynoxide', startDynoxide] as const] : []),
  ['dynalite', startDynalite],
];

describe.each(kinds)('a table that is lost and imported again, on %s', (_name, start) => {
  it('tells the same incidents and reports, and the system goes on: it tells that nobody watched, nothing twice, and what was open is resolved', async () => {
    const before = running(await start());
    await before.minutes('00:00', '00:03');
    before.small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
    await before.minutes('00:03', '00:05');
    expect(before.told()).toEqual(['PAGE shop is DOWN (confirmed)']);
    const wasKnown = await known(before);
    const after = await restored(before, start);
    expect(await known(after)).toEqual(wasKnown);

    after.small.seen = () => attempt();
    await after.minutes('00:15', '00:20');
    expect(after.told()).toEqual(['PAGE shop is DOWN (confirmed)', expect.stringMatching(/^RESOLVED shop/), 'RESOLVED monitoring goes on']);
  });

  it('does not bring a dead prober back to life with what it left behind', async () => {
    const before = running(await start());
    await before.minutes('00:00', '00:06');
    const left: Head[] = [];
    const after = await restored(before, start, async () => {
      await before.minutes('00:06', '00:10');
      const [item] = await createReplica({ region: east, timeoutMs: 5000, isConsistent: () => true, client: before.engine.client }).get([
        headKey(east, onlyShard),
      ]);
      left.push(decodeHead(item!)!);
    });
    const replica = createReplica({ region: west, timeoutMs: 5000, isConsistent: () => true, client: after.engine.client });
    await after.minutes('00:20', '00:22', [west]);
    // The backlog of the old table drains: beats newer than the file's, of a prober that is dead.
    await replica.putIfNewer(encodeHead(left[0]!, east));
    await after.minutes('00:22', '00:26', [west]);
    expect(after.told().filter((subject) => subject.includes('us-east-2'))).toEqual([expect.stringMatching(/^PAGE .*us-east-2/)]);
    await after.minutes('00:26', '00:30');
    const ofEast = after.told().filter((subject) => subject.includes('us-east-2'));
    expect(ofEast.map((subject) => subject.split(' ')[0])).toEqual(['PAGE', 'RESOLVED']);
    // What is written now is of a new epoch, and nothing of the old table wins over it.
    expect(await replica.putIfNewer(encodeHead({ ...left[0]!, slot: slot('23:00') }, east))).toBe('refused');
  });

  it('whose claims were far ahead, by clocks that were wrong, goes on at the time that is: nobody is accused, and who falls silent is named', async () => {
    const before = running(await start());
    await before.minutes('05:00', '05:02');
    const after = await restored(before, start, async () => {
      before.small.now = at('00:20');
    });
    await after.minutes('00:20', '00:24');
    const replica = createReplica({ region: west, timeoutMs: 5000, isConsistent: () => true, client: after.engine.client });
    const [claim, head] = [await replica.get([claimKey(west, onlyShard)]), await replica.get([headKey(west, onlyShard)])].map(([item]) => item!);
    expect(readSequence(Number(claim!.seq))).toEqual({ epoch: 1, slot: slot('00:23') });
    expect(decodeHead(head!)).toMatchObject({ epoch: 1, slot: slot('00:23') });
    expect(after.told()).toEqual([]);
    await after.minutes('00:24', '00:29', [west]);
    expect(after.told()).toEqual([expect.stringMatching(/^PAGE .*us-east-2 is SILENT/)]);
  });
});
