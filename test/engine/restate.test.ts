import { instant } from '../../src/core/basics/brand';
import { hour, isoTime, minute } from '../../src/core/basics/time';
import { isOpen } from '../../src/core/incident';
import { runProber, type World } from '../../src/engine/invocation';
import { createMemory } from '../../src/engine/memory';
import { incidentsOf, logEntries, readLogs } from '../../src/engine/region-log';
import { restate } from '../../src/engine/restate';
import { attempt, config, monitor, opened, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

const alone = config({ regions: { probers: [west] }, beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

/** One region that probes alone, on any day. */
function lonelyWorld() {
  const small = smallWorld({ config: alone });
  const rounds = async (world: World, time: string, count: number): Promise<void> => {
    for (let round = 0; round < count; round += 1) {
      small.now = instant(Math.max(small.now, Date.parse(time) + round * minute));
      await runProber({ scheduledTime: isoTime(instant(Date.parse(time) + round * minute)) }, { ...world, invocation: timeLeft(small, 30_000) });
    }
    await readLogs(world.memory.log, world.ports.replica(west), [west], small.now);
    await restate(world);
  };
  const cold = (): World => ({ ...small.another(), memory: createMemory() });
  return { small, rounds, cold };
}

it('an incident opened in September is still the same one to a cold environment in November: nothing is told twice, and it is resolved', async () => {
  const { small, rounds, cold } = lonelyWorld();
  small.now = instant(Date.parse('2026-09-20T10:00:00Z'));
  small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
  const september = cold();
  await rounds(september, '2026-09-20T10:00:00Z', 3);
  expect(small.published.map(({ message }) => message.subject)).toEqual([expect.stringContaining('shop is DOWN')]);
  const [known] = incidentsOf(september.memory.log);

  await rounds(september, '2026-10-01T00:00:00Z', 2);
  await rounds(cold(), '2026-11-01T00:00:00Z', 2);
  const november = cold();
  await rounds(november, '2026-11-20T10:00:00Z', 3);
  const subjects = small.published.map(({ message }) => message.subject);
  expect(subjects).toEqual(['', 'for 10 d, ', 'for 41 d, ', 'for 60 d, '].map((how) => `PAGE shop is DOWN (${how}single witness)`));
  expect(logEntries(november.memory.log).some((entry) => entry.month === '2026-09')).toBe(false);
  expect(incidentsOf(november.memory.log)).toMatchObject([{ id: known!.id, openedAt: known!.openedAt, condition: 'down' }]);

  small.seen = () => attempt();
  await rounds(november, '2026-11-20T11:00:00Z', 4);
  expect(incidentsOf(november.memory.log).filter(isOpen)).toEqual([]);
  expect(small.published.slice(4).map(({ message }) => message.subject)).toEqual(['RESOLVED shop is up again']);
});

it('is said once a month, whichever function of the region looks', async () => {
  const { small, rounds, cold } = lonelyWorld();
  small.now = instant(Date.parse('2026-10-31T23:58:00Z'));
  small.seen = () => attempt({ reason: 'status' });
  const prober = cold();
  await rounds(prober, '2026-10-31T23:58:00Z', 2);
  const restatements = () =>
    small.stores
      .get(west)!
      .all()
      .filter((item) => String(item.body).includes('"restated"'));
  expect(restatements()).toEqual([]);
  for (const world of [prober, cold(), prober]) await rounds(world, isoTime(instant(small.now + 2 * minute)), 1);
  expect(restatements()).toHaveLength(1);
});

it('waits where no replica accepts it, and leaves nothing behind meanwhile', async () => {
  const { small, cold } = lonelyWorld();
  const world = cold();
  small.now = instant(Date.parse('2026-10-01T00:00:00Z'));
  world.memory.log.entries.set('eu-west-1/2026-09/1', {
    writer: west,
    region: west,
    month: '2026-09',
    n: 1,
    at: instant(small.now - hour),
    by: 'prober',
    body: opened(),
  });
  small.refusing.replicas.add(west);
  await restate(world);
  expect(world.memory.log.unsaved).toEqual([]);
  small.refusing.replicas.clear();
  await restate(world);
  expect(logEntries(world.memory.log).map((entry) => entry.body.kind)).toEqual(['opened', 'restated']);
});
