import { instant } from '../../src/core/basics/brand';
import { day, monthOf } from '../../src/core/basics/time';
import { aboutStep } from '../../src/core/incident';
import type { World } from '../../src/engine/invocation';
import { createMemory } from '../../src/engine/memory';
import { append, incidentsOf, logEntries, readLogs } from '../../src/engine/region-log';
import { saveLater } from '../../src/engine/save-later';
import { at, config, opened, resolved, west } from '../core/builders';
import { smallWorld } from './small-world';

/** One region whose replica accepts nothing at first. */
function mute() {
  const small = smallWorld({ config: config({ regions: { probers: [west] } }), now: at('00:10') });
  const cold = (): World => ({ ...small.another(), memory: createMemory() });
  small.refusing.replicas.add(west);
  return { small, cold };
}

async function readBy(world: World): Promise<World> {
  await readLogs(world.memory.log, world.ports.replica(west), [west], world.ports.clock.now());
  return world;
}

it('what no replica accepted is written down as soon as one does, under the id by which it was told', async () => {
  const { small, cold } = mute();
  const world = cold();
  await append(world, opened());
  const [told] = incidentsOf(world.memory.log);
  await saveLater(world);
  expect(incidentsOf(world.memory.log)).toMatchObject([{ id: told!.id }]);

  small.refusing.replicas.clear();
  await saveLater(world);
  const other = await readBy(cold());
  expect(incidentsOf(other.memory.log)).toMatchObject([{ id: told!.id, openedAt: told!.openedAt, condition: told!.condition }]);
  expect(incidentsOf(world.memory.log)).toMatchObject([{ id: told!.id }]);

  await saveLater(world);
  await saveLater(other);
  expect(small.stores.get(west)!.all()).toHaveLength(1);
});

it('its end closes it, whoever writes that', async () => {
  const { small, cold } = mute();
  const world = cold();
  await append(world, opened());
  small.refusing.replicas.clear();
  await saveLater(world);
  small.now = instant(small.now + 60_000);
  const other = await readBy(cold());
  await append(other, resolved());
  expect(incidentsOf(other.memory.log)).toMatchObject([{ resolvedAt: small.now }]);
});

/** A page left for which no store took the receipt; all of them take what comes now. */
async function pageUnsaved() {
  const { small, cold } = mute();
  const world = cold();
  small.refusing.replicas.clear();
  await append(world, opened());
  const incident = incidentsOf(world.memory.log)[0]!;
  small.refusing.replicas.add(west);
  await append(world, { ...aboutStep(incident, incident.transitions[0]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' });
  small.refusing.replicas.clear();
  return { small, cold, world, incident };
}

it('that a page left is written down as well: whoever reads it knows that the page was sent', async () => {
  const { cold, world, incident } = await pageUnsaved();
  await saveLater(world);
  await saveLater(world);
  const receipts = logEntries((await readBy(cold())).memory.log).filter(({ body }) => body.kind === 'receipt');
  expect(receipts).toMatchObject([{ n: 2, body: { messageId: 'm', incident: incident.id } }]);
});

it('a page that left is dated when it was sent, and kept under the month in which it is written down', async () => {
  const { small, cold, world } = await pageUnsaved();
  const sentAt = small.now;
  small.now = instant(sentAt + 31 * day);
  const month = monthOf(small.now);
  expect(month).not.toBe(monthOf(sentAt));
  await saveLater(world);
  const written = logEntries((await readBy(cold())).memory.log).filter(({ body }) => body.kind === 'receipt');
  expect(written).toMatchObject([{ n: 1, month, at: sentAt, body: { messageId: 'm', savedAt: small.now } }]);
});

it('a gap keeps its name', async () => {
  const { small, cold } = mute();
  const world = cold();
  await append(world, { kind: 'gap', key: 'monitoring:coverage', of: 'g', revision: 0, stretches: [], cause: 'asleep', before: {} });
  small.refusing.replicas.clear();
  await saveLater(world);
  expect(logEntries((await readBy(cold())).memory.log)).toMatchObject([{ n: 1, body: { kind: 'gap', of: 'g' } }]);
});
