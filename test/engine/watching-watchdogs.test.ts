import { instant, type RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { watchKey } from '../../src/core/table';
import { encodeWatch } from '../../src/core/watch-record';
import { createMemory } from '../../src/engine/memory';
import type { Local } from '../../src/engine/paths';
import { Refused } from '../../src/engine/ports';
import { watchdogOf as foundOf } from '../../src/engine/watching-watchdogs';
import { at, east, middle, slot, watchRecord, west } from '../core/builders';
import { evidence } from '../core/watch-builders';
import { answer, peer, put, said, watch, watchdogOf } from './one-watchdog';
import { smallWorld } from './small-world';

describe('what the watchdog of a region says of watchdogs, and of itself', () => {
  it('tells that a watchdog has stopped, a witness’s too, while beats go on', async () => {
    const found = watch();
    await found.lookFor(120);
    found.watching.clear();
    const record = await found.lookFor(90);
    expect([peer(record), watchdogOf(record, east), watchdogOf(record, middle)]).toEqual(['reporting', 'watcher-silent', 'watcher-silent']);
    expect(said(found).filter((subject) => subject.includes('has STOPPED WATCHING')).length).toBeGreaterThan(0);
    found.watching.add(east).add(middle);
    const after = await found.lookFor(30);
    expect([watchdogOf(after, east), watchdogOf(after, middle)]).toEqual(['watching', 'watching']);
  });

  it('accuses no watchdog of a region whose beats it has only just heard of, from others', async () => {
    const found = watch({ tolerateMs: 30 * second });
    await found.lookFor(120);
    found.beating.delete(east);
    found.watching.delete(east);
    found.stalled.add(east);
    found.small.refusing.replicas.add(east);
    expect(peer(await found.lookFor(90))).toBe('silent');
    found.small.refusing.replicas.delete(east);
    found.poke = answer({});
    expect(peer(await found.lookFor(50))).toBe('late');
    found.seen.add(east);
    const record = await found.lookFor(5);
    expect([peer(record), watchdogOf(record, east)]).toEqual(['replication-stuck', 'late']);
  });

  /** In another environment, too: it takes over since when, from the record of this region that was replicated elsewhere. */
  it.each([
    ['one environment', false],
    ['several', true],
  ])('accuses no watchdog whose newest record may have come at home unseen, before that could not be read: in %s', async (_case, isReplaced) => {
    const found = watch();
    await found.lookFor(120);
    found.watching.delete(middle);
    found.small.refusing.replicas.add(middle);
    await found.lookFor(50);
    const all = found.world;
    const { ports } = all;
    const unread = { ...ports.replica(west), get: () => Promise.reject(new Error('socket hang up')) };
    const replica = (region: RegionId) => (region === west ? unread : ports.replica(region));
    Object.assign(found, { world: { ...all, ports: { ...ports, replica } } });
    await found.lookFor(30);
    if (isReplaced) {
      for (const item of found.small.stores.get(west)!.getAll([watchKey(west)])) put(found, west, item);
      Object.assign(found, { world: { ...found.world, memory: createMemory() } });
    }
    expect(watchdogOf(await found.lookFor(35), middle)).toBe('late');
    expect(said(found)).toEqual([]);
    expect(watchdogOf(await found.lookFor(5), middle)).toBe('watcher-silent');
    put(found, middle, encodeWatch(watchRecord({ region: middle, at: found.small.now, seq: found.small.now }), middle));
    Object.assign(found, { world: all });
    expect(watchdogOf(await found.lookFor(5), middle)).toBe('watching');
  });

  it('accuses nobody when it reaches nobody, and speaks of itself alone when neutral addresses answer', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    found.watching.clear();
    found.small.refusing.replicas.add(east).add(middle);
    found.anchors = false;
    const isolated = await found.lookFor(120);
    expect([peer(isolated), isolated.self]).toEqual(['isolated', 'isolated']);
    expect(said(found)).toEqual([]);
    found.anchors = true;
    const alone = await found.lookFor(30);
    expect([peer(alone), alone.self]).toEqual(['alone', 'alone']);
    expect(said(found)).toEqual(['PAGE watchdog:eu-west-1 SEES NOBODY: it may be that region itself (single witness)']);
  });

  it('says that it is refused only while any store takes what it writes: of what none has a record of, nobody would know the end', async () => {
    const found = watch();
    await found.lookFor(120);
    const { ports } = found.world;
    const refusing = new Set([west, east, middle]);
    const refuse = () => Promise.reject(new Refused('ProvisionedThroughputExceeded'));
    const refused = { ...ports.replica(west), get: refuse, query: refuse, put: refuse, putIfAbsent: refuse, putIfNewer: refuse };
    const replica = (region: RegionId) => (refusing.has(region) ? { ...refused, region } : ports.replica(region));
    Object.assign(found, { world: { ...found.world, memory: createMemory(), ports: { ...ports, replica } } });
    await found.lookFor(240);
    expect(said(found)).toEqual([]);
    refusing.delete(east);
    refusing.delete(middle);
    await found.lookFor(180);
    expect(said(found)).toEqual(['TICKET watchdog:eu-west-1 is REFUSED by AWS (single witness)']);
  });

  it('does not speak of itself, nor of others, when it comes back after long and sees nothing', async () => {
    const found = watch();
    await found.lookFor(120);
    found.small.now = instant(found.small.now + 150 * second);
    const { ports } = found.world;
    const unreadable = (region: RegionId) => ({ ...ports.replica(region), get: () => Promise.reject(new Error('no answer')) });
    Object.assign(found, { world: { ...found.world, ports: { ...ports, replica: unreadable } } });
    await found.lookFor(60);
    expect(said(found)).toEqual([]);
    await found.lookFor(60);
    expect(said(found)).toEqual(['PAGE watchdog:eu-west-1 SEES NOBODY: it may be that region itself (single witness)']);
  });
});

describe('what a prober says of the watchdog of its own region, whose newest record is two minutes old wherever anything answers', () => {
  it.each([
    ['its own replica shows that', new Map(), 'watcher-silent'],
    ['its own replica does not answer: a newer one may lie there, and be replicated to nobody', 'failed', 'unknown'],
  ] as [string, Local, string][])('where %s', (_case, local, state) => {
    const now = at('00:10');
    const { memory, ...world } = smallWorld({ now }).world;
    const since = at('00:01');
    memory.watchingSince = since;
    memory.vigils.set(west, { newest: slot('00:08'), firstSeenAt: at('00:08'), lagsMs: [0], lateLagsMs: [] });
    memory.reporting.set(west, { configHash: world.self.config.hash, since, unbrokenSince: since, slot: slot('00:10') });
    if (local === 'failed') memory.homeUnreadSince = since;
    const answers = new Map([east, middle].map((region) => [region, []]));
    const asked = { answers, anchors: 'nobody-to-ask', pokes: new Map() } as const;
    const picture = { now, heads: new Map(), local, asked, watchRecords: [], readFrom: middle, writers: [] };
    const seen = [{ region: west, evidence: evidence({ third: 'fresh' }) }];
    expect(foundOf({ ...world, memory }, west, { picture, seen }).state).toBe(state);
  });
});
