/** What an observer knows of a watchdog, its own region's or another's, and what follows from it. */
import type { Instant, RegionId } from '../core/basics/brand';
import type { Arrivals } from '../core/freshness';
import type { PeerEvidence } from '../core/watch';
import { type WatchdogEvidence, type WatchdogFinding, watchWatchdog } from '../core/watchdog-watch';
import type { Picture } from './gather';
import { patienceOf, vigilOverdueOf } from './overdue';
import { vigilCycleOf } from './pace';
import { reachedOf } from './paths';
import type { World } from './world';

interface Seen {
  readonly picture: Picture;
  /** What is known of the prober of each region. */
  readonly seen: readonly { readonly region: RegionId; readonly evidence: PeerEvidence }[];
}

export function watchdogOf(world: World, region: RegionId, { picture, seen }: Seen): WatchdogFinding {
  const { self, memory, ports } = world;
  if (region === self.region && self.role === 'watchdog') return { state: 'watching', reason: 'it is the one who says so' };
  const peer = seen.find((one) => one.region === region);
  const others = [...picture.asked.answers].flatMap(([from, answer]) => (from === region ? [] : ([typeof answer === 'string' ? 'failed' : 'old'] as const)));
  const evidence: WatchdogEvidence = {
    overdueMs: memory.vigils.has(region) ? vigilOverdueOf(world, region) : undefined,
    cameLateAgoMs: cameLateAgoMs(memory.vigils.get(region), picture.now),
    beats: peer === undefined ? 'none' : isTrusted(peer) ? 'fresh' : 'not-fresh',
    beatsForMs: picture.now - (memory.reporting.get(region)?.unbrokenSince ?? picture.now),
    direct: directOf(world, region, picture),
    others: reachedOf(others),
    isAnyUnheard: others.includes('failed') || (region === self.region && picture.local === 'failed'),
    homeUnreadMs: memory.homeUnreadSince === undefined ? undefined : picture.now - memory.homeUnreadSince,
    anchors: picture.asked.anchors,
    watchedMs: ports.clock.now() - (memory.watchingSince ?? ports.clock.now()),
    couldStore: memory.couldStore,
  };
  return watchWatchdog(evidence, { cycleMs: vigilCycleOf(self.config), tolerateMs: patienceOf(world).tolerateMs });
}

const cameLateAgoMs = (vigils: Arrivals | undefined, now: Instant): number | undefined =>
  vigils === undefined || vigils.lateLagsMs.length === 0 ? undefined : now - vigils.firstSeenAt;

function directOf({ self }: World, region: RegionId, { local, asked }: Picture): WatchdogEvidence['direct'] {
  const answer = region === self.region ? local : asked.answers.get(region);
  if (answer === undefined) return 'not-asked';
  return typeof answer === 'string' ? answer : 'answered';
}

const isTrusted = ({ evidence }: { readonly evidence: PeerEvidence }): boolean => [evidence.replica, evidence.direct, evidence.third].includes('fresh');
