/** Watchdogs that look at one store which all replicas share, before and after a time in which nobody watched. */
import { type Instant, instant, type RegionId, type Slot, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { encodeBeat, encodeHead, type RoundFacts } from '../../src/core/beat';
import { allRegions } from '../../src/core/config/config';
import { knownGaps } from '../../src/core/gap';
import { slotBegins } from '../../src/core/slots';
import type { World } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import { logEntries } from '../../src/engine/region-log';
import { runVigil } from '../../src/engine/vigil';
import { at, config, east, middle, sample, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld } from './small-world';

/** The watchdogs of some regions look every 5 s, while probers beat every 10 s unless a test says otherwise. */
export interface Watch {
  readonly small: SmallWorld;
  readonly watchdogs: World[];
  readonly beating: Set<RegionId>;
  /** Whether all look at the same moment, so that none sees what the others write. */
  isAtOnce: boolean;
  /** How often beats were read. */
  reads: number;
  /** What happens just before they are. */
  onRead?: (() => Promise<void>) | undefined;
  lookFor(ms: number): Promise<void>;
}

const beatMs = 10 * second;
const settings = config({ watch: { tolerateMs: minute } });
const everywhere = allRegions(settings.regions);

export function watch(...regions: readonly RegionId[]): Watch {
  const small = smallWorld({ config: settings, now: at('00:10:00') });
  const shared = new Store();
  for (const region of everywhere) small.stores.set(region, shared);
  const found: Watch = { small, watchdogs: [], beating: new Set([west, east]), isAtOnce: false, reads: 0, lookFor: (ms) => lookFor(found, ms) };
  found.watchdogs.push(...regions.map((region) => counting(found, small.another({ region, role: 'watchdog' }))));
  return found;
}

function counting(found: Watch, world: World): World {
  const replica: World['ports']['replica'] = (region) => {
    const real = world.ports.replica(region);
    return {
      ...real,
      query: async (partition, from, to) => {
        // Hours are rolled up from what is at home; who accounts for a jump asks everybody.
        const isOfJump = partition.startsWith('BEAT#') && region !== world.self.region;
        if (isOfJump) found.reads += 1;
        if (isOfJump) await found.onRead?.();
        return real.query(partition, from, to);
      },
    };
  };
  return { ...world, ports: { ...world.ports, replica } };
}

async function lookFor(found: Watch, ms: number): Promise<void> {
  const { small } = found;
  for (const until = small.now + ms; small.now < until; ) {
    const next = Math.floor(small.now / (5 * second)) * 5 * second + 5 * second;
    for (const region of found.beating) if (slotBegins(settings, region, slotAround(small.now)) <= small.now) beat(found, region, small.now);
    if (found.isAtOnce) await Promise.all(found.watchdogs.map((world) => runVigil(world, at('00:00'))));
    else for (const world of found.watchdogs) await runVigil(world, at('00:00'));
    small.now = instant(Math.max(small.now, next));
  }
}

const slotAround = (time: Instant): Slot => slotAt((Math.floor(time / beatMs) * beatMs) / second);

/** Into the store that all replicas share, unless another one is named. */
export function beat({ small }: Watch, region: RegionId, time: Instant, store: Store = small.stores.get(middle)!): void {
  const slot = slotAround(time);
  const round: RoundFacts = {
    ...{ region, slot, by: 'schedule', canaries: 'right', startedAt: instant(slot * second), finishedAt: instant(slot * second + 500) },
    ...{ covered: 1, expected: 1, configHash: settings.hash, configMadeAt: settings.madeAt, codeVersion: '0.1.0', bootId: 'boot', seen: {} },
  };
  store.apply({ item: encodeHead({ ...round, samples: [sample({ slot })] }, region), writtenAs: small.now });
  const mark = { outcome: 'ok', phases: { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 }, reason: 'ok', detail: '' } as const;
  store.apply({ item: encodeBeat({ ...round, marks: [mark] }, region), writtenAs: small.now });
}

export function beats(found: Watch, region: RegionId, from: string, to: string, store?: Store): void {
  for (let time = at(from); time < at(to); time = instant(time + beatMs)) beat(found, region, time, store);
}

/** Everything sleeps, as a laptop does: nobody beats and nobody looks. */
export function sleepUntil({ small }: Watch, time: string): void {
  small.now = at(time);
}

export const said = ({ small }: Watch): readonly string[] => small.published.map(({ message }) => message.subject);
export const lastText = ({ small }: Watch): string => small.published.at(-1)?.message.text ?? '';
export const gaps = ({ watchdogs }: Watch) => knownGaps(logEntries(watchdogs[0]!.memory.log));
/** What was written down of monitoring as a whole, by any region. */
export const written = ({ watchdogs }: Watch) =>
  logEntries(watchdogs[0]!.memory.log).flatMap(({ body }) =>
    body.key === 'monitoring:coverage' && ['gap', 'opened', 'resolved'].includes(body.kind) ? [body.kind] : [],
  );
export const pieces = (found: Watch) =>
  gaps(found).map(({ revisions }) =>
    revisions.map(({ body }) => body.stretches.map(({ from, to }) => [from, to].map((time) => new Date(time).toISOString().slice(11, 19)).join('–'))),
  );

export async function reportOf({ small, watchdogs }: Watch) {
  const overview = createOverview({ config: settings, clock: small.world.ports.clock, replicas: everywhere.map(watchdogs[0]!.ports.replica) });
  await overview.refresh();
  return overview.report({ monitor: 'shop', from: at('00:10'), to: at('00:25') });
}
