import { instant, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { encodeHead } from '../../src/core/beat';
import { encodeWatch } from '../../src/core/watch-record';
import { runWatchdog } from '../../src/engine/invocation';
import type { Pinged } from '../../src/engine/ports';
import { outsideIsTold } from '../../src/engine/tell-outside';
import { runVigil } from '../../src/engine/vigil';
import { at, config, east, middle, sample, watchRecord, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld } from './small-world';

const url = 'https://switch.example/a-secret';
const settings = config({ outside: [{ region: west, pingUrl: url }] });
const never = new Promise<never>(() => undefined);

/** The watchdog of eu-west-1, with all others at work beside it unless they are left out. */
function world(without: { readonly prober?: boolean; readonly watchdog?: boolean } = {}) {
  const small = smallWorld({ config: settings, self: { role: 'watchdog' }, now: at('00:10:00') });
  const shared = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, shared);
  const vigil = async (of = small.world) => {
    beats(small, shared, without);
    const outcome = await runVigil(of, at('00:00'));
    small.now = instant(small.now + 5 * second);
    return outcome;
  };
  const lookFor = async (seconds: number, of = small.world): Promise<void> => {
    for (const until = small.now + seconds * second; small.now < until; ) {
      await vigil(of);
      await outsideIsTold(of);
    }
  };
  return { small, shared, vigil, lookFor };
}

function beats(small: SmallWorld, shared: Store, without: { readonly prober?: boolean; readonly watchdog?: boolean }): void {
  const slot = slotAt((Math.floor(small.now / 10_000) * 10_000) / second);
  const common = { slot, by: 'schedule', canaries: 'right', startedAt: small.now, finishedAt: small.now, covered: 1, expected: 1 } as const;
  const known = { configHash: settings.hash, configMadeAt: settings.madeAt, codeVersion: '0.1.0', bootId: 'boot', seen: {}, samples: [sample({ slot })] };
  for (const region of without.prober === true ? [west] : [west, east])
    shared.apply({ item: encodeHead({ ...common, ...known, region }, region), writtenAs: small.now });
  for (const region of without.watchdog === true ? [middle] : [east, middle])
    shared.apply({ item: encodeWatch(watchRecord({ region, at: small.now, seq: small.now }), region), writtenAs: small.now });
}

const said = ({ published }: SmallWorld): readonly string[] => published.map(({ message }) => message.subject).filter((subject) => subject.includes('outside'));
const failed: Pinged = { kind: 'failed', reason: 'status: status 404, wanted 2xx' };

describe('a watchdog that sees all others at work', () => {
  it('tells the switch of its own region, about once a minute', async () => {
    const { small, lookFor } = world();
    await lookFor(300);
    expect(new Set(small.pinged.map((ping) => ping.url))).toEqual(new Set([url]));
    expect(small.pinged).toHaveLength(6);
  });

  it('keeps it from an environment that begins afresh to tell it again at once', async () => {
    const { small, lookFor } = world();
    await lookFor(30);
    await lookFor(20, small.another());
    expect(small.pinged).toHaveLength(1);
  });

  it.each([{ prober: true }, { watchdog: true }])('and then no longer, tells nothing any more: without %p', async (without) => {
    const { small, lookFor } = world(without);
    await lookFor(300);
    expect(small.pinged).toEqual([]);
  });

  it('tells nothing where what it saw could not be stored', async () => {
    const { small, vigil } = world();
    const refusing = {
      ...small.world,
      ports: {
        ...small.world.ports,
        replica: (region: typeof west) => ({ ...small.world.ports.replica(region), putIfNewer: () => Promise.reject(new Error('full')) }),
      },
    };
    await vigil(refusing);
    await vigil(refusing);
    expect(small.pinged).toEqual([]);
  });

  it('does not wait for a switch that hangs, and begins no second ping beside it', async () => {
    const { small, vigil } = world();
    small.switchOutside = () => never;
    const waits: number[] = [];
    const clock = { ...small.world.ports.clock, timer: (ms: number) => ({ done: never, cancel: () => waits.push(ms) }) };
    const slow = { ...small.world, ports: { ...small.world.ports, clock } };
    for (let count = 0; count < 30; count += 1) expect(await vigil(slow)).toBe('done');
    expect(small.pinged).toHaveLength(1);
  });

  it('begins no ping that its invocation would not outlive', async () => {
    const { small, vigil } = world();
    await vigil({ ...small.world, invocation: { remainingMs: () => 5500 } });
    expect(small.pinged).toEqual([]);
  });

  it('is invoked for as long as its ping takes', async () => {
    const { small } = world();
    let isOver = false;
    small.world.memory.telling = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => {
      isOver = true;
    });
    await runWatchdog({}, { ...small.world, invocation: { remainingMs: () => 0 } });
    expect(isOver).toBe(true);
  });
});

describe('a switch that takes no pings', () => {
  it('is a ticket after five minutes, once, and is resolved by the next ping that it takes', async () => {
    const { small, lookFor } = world();
    await lookFor(60);
    small.switchOutside = () => failed;
    await lookFor(240);
    expect(said(small)).toEqual([]);
    await lookFor(900);
    expect(said(small)).toEqual(['TICKET outside:eu-west-1 DOES NOT TAKE PINGS: soon it will ring (single witness)']);
    const { text } = small.published.at(-1)!.message;
    expect(text).toContain('the last one: status: status 404, wanted 2xx');
    expect(text).toContain('runbook: docs/runbook.md#untold');
    expect(text).not.toContain('a-secret');
    small.switchOutside = () => ({ kind: 'taken' });
    await lookFor(120);
    expect(said(small).at(-1)).toBe('RESOLVED outside:eu-west-1 takes pings again');
  });

  it('is found by whatever environment looks, for the record remembers', async () => {
    const { small, lookFor } = world();
    small.switchOutside = () => failed;
    for (let count = 0; count < 12; count += 1) await lookFor(60, small.another());
    expect(said(small)).toHaveLength(1);
  });

  it('only before and after a ping whose end nobody knows is no ticket yet: that one may have been taken', async () => {
    const { small, vigil, lookFor } = world();
    small.switchOutside = () => failed;
    await lookFor(230);
    small.switchOutside = () => never;
    for (const pings = small.pinged.length; small.pinged.length === pings; ) await vigil();
    small.switchOutside = () => failed;
    const afresh = small.another();
    await lookFor(280, afresh);
    expect(said(small)).toEqual([]);
    await lookFor(120, afresh);
    expect(said(small)).toHaveLength(1);
  });

  it('hangs, and that is said', async () => {
    const { small, lookFor } = world();
    small.switchOutside = () => never;
    await lookFor(600);
    expect(small.published.at(-1)?.message.text).toContain('no answer within 5000 ms');
  });

  it('and is taken out of the configuration is resolved', async () => {
    const { small, lookFor } = world();
    small.switchOutside = () => failed;
    await lookFor(600);
    await lookFor(60, small.another({ config: { ...settings, outside: [] } }));
    expect(small.published.at(-1)?.message.text).toContain('concluded because: it is no longer configured');
  });
});
