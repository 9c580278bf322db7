import { instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { decodeWatch } from '../../src/core/watch-record';
import { createMemory } from '../../src/engine/invocation';
import { Refused } from '../../src/engine/ports';
import { runVigil } from '../../src/engine/vigil';
import { at, config, east, middle, west } from '../core/builders';
import { answer, headOf, peer, put, said, watch, watchdogOf } from './one-watchdog';

describe('the watchdog of a region', () => {
  it('finds everybody at work, and says nothing', async () => {
    const found = watch();
    const record = await found.lookFor(120);
    expect([peer(record), watchdogOf(record, east), watchdogOf(record, middle), record.self]).toEqual(['reporting', 'watching', 'watching', 'well']);
    expect(said(found)).toEqual([]);
  });

  /** Its records are stored, so it does not hold itself for one that can store nothing: only the accusation fails. */
  it('accuses nobody where no store takes the accusation, and does so as soon as one does', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    const all = found.world;
    const refusing = (region: RegionId) => ({ ...all.ports.replica(region), putIfAbsent: () => Promise.reject(new Error('throttled')) });
    Object.assign(found, { world: { ...all, ports: { ...all.ports, replica: refusing } } });
    expect(peer(await found.lookFor(100))).toBe('silent');
    expect([said(found), all.memory.log.unsaved]).toEqual([[], []]);
    Object.assign(found, { world: all });
    await found.lookFor(5);
    expect(said(found)).toEqual(['PAGE prober:us-east-2 is SILENT (single witness)']);
  });

  it('accuses nobody whom it has not asked, however little is tolerated', async () => {
    const found = watch();
    const hasty = config({ beatIntervalMs: 60 * second, watch: { tolerateMs: 10 * second } });
    const world = { ...found.world, self: { ...found.world.self, config: hasty } };
    found.poke = answer({});
    const reasons: string[] = [];
    for (let minute = 0; minute < 7; minute += 1) {
      const slot = slotAt(found.small.now / second);
      put(found, west, headOf(found, west, slot));
      if (minute < 5) put(found, east, headOf(found, east, slot));
      for (const until = found.small.now + 60 * second; found.small.now < until; found.small.now = instant(found.small.now + 500)) {
        await runVigil(world, at('00:00'));
        const [record] = found.small.stores.get(west)!.getAll([{ pk: `WATCH#${west}`, sk: 'state' }]);
        const { state, reason } = decodeWatch(record!)!.peers.find(({ region }) => region === east)!;
        if (state !== 'reporting' && state !== 'late' && state !== 'abstaining' && state !== 'expected') reasons.push(`${state}: ${reason}`);
      }
    }
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => reason.includes('direct read not asked'))).toEqual([]);
  });

  it('calls a region silent when nothing of it answers, counted from its last sign of life', async () => {
    const found = watch();
    await found.lookFor(120);
    found.small.refusing.replicas.add(east);
    found.beating.delete(east);
    await found.lookFor(50);
    found.watching.delete(east);
    expect(peer(await found.lookFor(60))).toBe('late');
    const record = await found.lookFor(20);
    expect(peer(record)).toBe('silent');
    expect(record.peers[1]?.reason).toContain('nothing of that region answers');
    expect(watchdogOf(record, east)).toBe('unknown');
  });

  /** Found by the storm 600872: what a prober finished in its last minute had come to Frankfurt, and lay there unread when Frankfurt called it silent. */
  it('accuses no prober whose newest beat may have come at home unseen, before that could not be read', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    found.watching.delete(east);
    found.small.refusing.replicas.add(east);
    await found.lookFor(20);
    const all = found.world;
    const { ports } = all;
    const unread = { ...ports.replica(west), get: () => Promise.reject(new Error('socket hang up')) };
    Object.assign(found, { world: { ...all, ports: { ...ports, replica: (region: RegionId) => (region === west ? unread : ports.replica(region)) } } });
    expect(peer(await found.lookFor(70))).toBe('late');
    expect(said(found)).toEqual([]);
    expect(peer(await found.lookFor(10))).toBe('silent');
    put(found, east, headOf(found, east, slotAt(Math.floor(found.small.now / second / 10) * 10)));
    Object.assign(found, { world: all });
    expect(peer(await found.lookFor(5))).toBe('reporting');
  });

  it('is not alone, and accuses, while a third region that it cannot ask goes on writing to it', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    found.watching.delete(east);
    found.small.refusing.replicas.add(east).add(middle);
    const record = await found.lookFor(120);
    expect([peer(record), record.self]).toEqual(['silent', 'well']);
    expect(said(found)).toEqual(['PAGE prober:us-east-2 is SILENT (single witness)']);
  });

  it('takes a refusal for news about itself, and for no silence', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    const { ports } = found.world;
    const refuse = (region: RegionId) =>
      region === east ? { ...ports.replica(region), get: () => Promise.reject(new Refused('AccessDenied')) } : ports.replica(region);
    const world = { ...found.world, ports: { ...ports, replica: refuse } };
    const refused = Object.assign(found, { world });
    const record = await refused.lookFor(85);
    expect([peer(record), record.self]).toEqual(['silent', 'refused']);
    expect(said(found)).toEqual(expect.arrayContaining(['TICKET watchdog:eu-west-1 is REFUSED by AWS (single witness)']));
  });

  it('forgets what it saw when it was blind itself, and starts again', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    await found.lookFor(30);
    found.small.now = instant(found.small.now + 150 * second);
    const record = await Object.assign(found, { world: { ...found.world, memory: createMemory() } }).lookFor(5);
    expect(peer(record)).toBe('abstaining');
    expect(said(found)).toEqual([]);
  });

  it('says nothing of a prober’s work by what came before it was cut off from everybody, and says it when it hears of it again', async () => {
    const found = watch();
    await found.lookFor(120);
    found.lying.add(east);
    await found.lookFor(30);
    found.beating.delete(east);
    found.watching.clear();
    found.small.refusing.replicas.add(east).add(middle);
    found.anchors = false;
    expect(peer(await found.lookFor(45))).toBe('lying');
    expect(said(found)).toEqual([]);
    found.beating.add(east);
    found.watching.add(east).add(middle);
    found.small.refusing.replicas.clear();
    await found.lookFor(30);
    expect(said(found)).toEqual(['PAGE prober:us-east-2 cannot be BELIEVED: its canaries read wrong (single witness)']);
  });

  it('speaks of the work of its own region even when it is cut off from everybody', async () => {
    const found = watch();
    await found.lookFor(120);
    found.lying.add(west);
    found.beating.delete(east);
    found.watching.clear();
    found.small.refusing.replicas.add(east).add(middle);
    found.anchors = false;
    await found.lookFor(120);
    expect(said(found)).toEqual(['PAGE prober:eu-west-1 cannot be BELIEVED: its canaries read wrong (single witness)']);
  });

  it('tells what a prober’s work is worth although it comes on a detour, and when it is worth something again', async () => {
    const found = watch();
    await found.lookFor(120);
    found.stalled.add(east);
    expect(peer(await found.lookFor(60))).toBe('replication-stuck');
    found.lying.add(east);
    await found.lookFor(55);
    expect(said(found)).toEqual([]);
    expect(peer(await found.lookFor(60))).toBe('replication-stuck');
    const believed = (subject: string): boolean => subject.includes('prober:us-east-2');
    expect(said(found).filter(believed)).toEqual(['PAGE prober:us-east-2 cannot be BELIEVED: its canaries read wrong (single witness)']);
    found.lying.delete(east);
    await found.lookFor(60);
    expect(said(found).filter(believed).at(-1)).toBe('RESOLVED prober:us-east-2 reads its canaries right again');
  });

  it('finds a prober with an older configuration skewed, and tells it after ten minutes as a ticket', async () => {
    const found = watch();
    found.configOf = (region) => (region === east ? { hash: 'old', madeAt: at('00:00') } : { hash: 'new', madeAt: at('00:05') });
    const record = await found.lookFor(300);
    expect(peer(record)).toBe('skewed');
    expect(said(found)).toEqual([]);
    await found.lookFor(400);
    expect(said(found)).toEqual(['TICKET prober:us-east-2 runs an OLDER CONFIGURATION (single witness)']);
  });
});
