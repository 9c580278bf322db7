/** What every observer finds of a region's prober and watchdog, on which paths, and what came of that. */
import type { Instant, RegionId } from '../basics/brand';
import { ageText, isoTime } from '../basics/time';
import type { Head } from '../beat';
import { isRipe, rowOf } from '../condition';
import { allRegions } from '../config/config';
import { type Incident, isOpen } from '../incident';
import { outsideSubject, proberSubject, watchdogSubject } from '../log';
import { slotBegins } from '../slots';
import type { WatchRecord } from '../watch-record';
import { asCondition, incidentWhy, unwrittenView } from './incident-why';
import type { Onlooking } from './onlooking';
import type { BeatWhyView, FoundWhyView, ObserverWhyView, ReasonView, RegionWhyView } from './why-view';

/** How many resolved incidents are explained beside the open ones. */
const mostResolved = 2;

export function regionWhy(region: RegionId, seen: Onlooking): RegionWhyView {
  const head = seen.heads.get(region);
  const ofThis = seen.incidents.filter(({ subject }) => [proberSubject(region), watchdogSubject(region), outsideSubject(region)].includes(subject));
  const open = ofThis.filter(isOpen);
  const resolved = ofThis.filter((incident) => !isOpen(incident)).slice(-mostResolved);
  return {
    kind: 'region',
    now: isoTime(seen.now),
    name: region,
    role: seen.config.regions.witness === region ? 'witness' : 'prober',
    beat: head === undefined ? null : beatView(head, seen),
    observers: allRegions(seen.config.regions).flatMap((observer) => observerView(region, seen.watchRecords.get(observer), { seen, open })),
    incidents: [...open, ...resolved.reverse()].map((incident) => incidentWhy(incident, seen)),
  };
}

function beatView(head: Head, { config, now, heads }: Onlooking): BeatWhyView {
  const begun = slotBegins(config, head.region, head.slot);
  const { covered, expected, canaries, codeVersion, configHash } = head;
  const isOutdated = [...heads.values()].some((other) => other.configHash !== configHash && other.configMadeAt > head.configMadeAt);
  return { slot: isoTime(begun), ageMs: Math.max(0, now - begun), covered, expected, canaries, codeVersion, configHash, isOutdated };
}

interface Looked {
  readonly seen: Onlooking;
  readonly open: readonly Incident[];
}

function observerView(region: RegionId, record: WatchRecord | undefined, looked: Looked): readonly ObserverWhyView[] {
  if (record === undefined) return [];
  const { now } = looked.seen;
  const prober = record.peers.find((peer) => peer.region === region);
  const watchdog = record.watchdogs.find((other) => other.region === region);
  return [
    {
      observer: record.region,
      ageMs: Math.max(0, now - record.at),
      self: record.self,
      prober: prober === undefined ? null : foundView(prober, now, looked.open),
      watchdog: watchdog === undefined ? null : foundView(watchdog, now, looked.open),
    },
  ];
}

type Found = Pick<WatchRecord['peers'][number], 'since' | 'reason'> & { readonly state: string };

const foundView = (found: Found, now: Instant, open: readonly Incident[]): FoundWhyView => ({
  state: found.state,
  since: isoTime(found.since),
  paths: found.reason,
  written: writtenOf(found, now, open),
});

const wellStates: readonly string[] = ['reporting', 'watching'];

/** What a state means for the log; whether its evidence is newer only the observer itself can say. */
function writtenOf({ state, since }: Found, now: Instant, open: readonly Incident[]): ReasonView {
  const condition = asCondition(state);
  if (wellStates.includes(state)) return unwrittenView('nothing-wrong');
  if (condition === undefined) return unwrittenView('nothing-known');
  if (open.some((incident) => incident.condition === condition)) return unwrittenView('already-open');
  if (isRipe(condition, now - since)) return { reason: state, why: 'it is written down as soon as its observer looks again' };
  return { reason: 'not-long-enough', why: `it is written down when it has lasted ${ageText(rowOf(condition).afterMs ?? 0)}` };
}
