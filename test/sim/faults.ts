/** The faults of a storm: what each is, and how it is said. Times are milliseconds since the beginning. */
import type { MonitorId, RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { FunctionRole } from '../../src/core/names';
import type { BadDeploy, TableTrouble } from './afflictions';
import type { Darkness, Direction } from './network';
import type { OutsideTrouble } from './outside-switch';
import type { Symptom } from './targets';
import { timeOfStory } from './time-of-story';

interface Lasting {
  readonly begins: number;
  readonly ends: number;
}

interface Of {
  readonly region: RegionId;
}

interface OfFunction extends Of {
  readonly role: FunctionRole;
}

export type Fault = Lasting &
  (
    | { readonly kind: 'link-cut'; readonly directions: readonly Direction[] }
    | { readonly kind: 'replication-stalled'; readonly directions: readonly Direction[] }
    | { readonly kind: 'replication-disordered'; readonly directions: readonly Direction[]; readonly upToMs: number }
    | ({ readonly kind: 'isolated'; readonly others: readonly RegionId[] } & Of)
    | ({ readonly kind: 'region-dark'; readonly darkness: Darkness } & Of)
    | ({ readonly kind: 'lost-minute' } & OfFunction)
    | ({ readonly kind: 'schedule-stopped' } & OfFunction)
    | ({ readonly kind: 'watchdog-dead' } & Of)
    | ({ readonly kind: 'prober-hung'; readonly isDeaf: boolean } & Of)
    /** Every minute an event of so long ago is delivered: again, or for the first time, when the newer ones are held back. */
    | ({ readonly kind: 'late-invocations'; readonly lateMs: number; readonly isOnly: boolean } & OfFunction)
    /** Each event is delivered twice. */
    | ({ readonly kind: 'duplicate-invocations'; readonly afterMs: number } & OfFunction)
    /** The next invocations die, each at the await after so many answers. */
    | ({ readonly kind: 'crashes'; readonly afterAnswers: readonly number[] } & OfFunction)
    | ({ readonly kind: 'skipping'; readonly monitors: readonly MonitorId[] } & Of)
    | ({ readonly kind: 'table-failing'; readonly trouble: TableTrouble } & Of)
    | ({ readonly kind: 'topic-failing' } & Of)
    | ({ readonly kind: 'topic-dropping' } & Of)
    /** The dead-man service that this region tells. */
    | ({ readonly kind: 'outside-failing'; readonly how: OutsideTrouble } & Of)
    | ({ readonly kind: 'clock-skewed'; readonly byMs: number } & Of)
    /** To and fro. */
    | ({ readonly kind: 'clock-stepping'; readonly byMs: number; readonly everyMs: number } & Of)
    | ({ readonly kind: 'bad-deploy'; readonly deploy: BadDeploy } & Of)
    | ({ readonly kind: 'credentials-revoked' } & Of)
    | ({ readonly kind: 'names-gone' } & Of)
    /** What calls it is not answered. */
    | ({ readonly kind: 'inbox-dark' } & Of)
    /** An operator orders quiet for some monitors: no trouble, but nothing new is told of them. */
    | ({ readonly kind: 'ordered'; readonly order: 'silence' | 'maintenance'; readonly monitors: readonly MonitorId[] } & Of)
    /** Every region is on one machine, and that sleeps. */
    | { readonly kind: 'asleep'; readonly regions: readonly RegionId[] }
    | { readonly kind: 'target-down'; readonly monitor: MonitorId; readonly from: readonly RegionId[]; readonly symptom: Symptom }
  );

/** Such as `00:05:00–00:06:10 region eu-west-1 dark (calls to it hang)`. */
export const sayFault = (fault: Fault): string => `${timeOfStory(fault.begins)}–${timeOfStory(fault.ends)} ${whatIsWrong(fault)}`;

/** What a storm counts: a deployment that lies is another fault than one that hangs. */
export function nameOf(fault: Fault): string {
  switch (fault.kind) {
    case 'bad-deploy':
      return `${fault.kind} ${fault.deploy}`;
    case 'table-failing':
      return `${fault.kind} ${fault.trouble.how}`;
    case 'prober-hung':
      return fault.isDeaf ? `${fault.kind} deaf` : fault.kind;
    default:
      return fault.kind;
  }
}

export function whatIsWrong(fault: Fault): string {
  switch (fault.kind) {
    case 'link-cut':
      return `link cut ${arrows(fault.directions)}`;
    case 'replication-stalled':
      return `replication stalled ${arrows(fault.directions)}`;
    case 'replication-disordered':
      return `items take up to ${fault.upToMs / second} s each ${arrows(fault.directions)}`;
    case 'asleep':
      return 'the machine of all regions asleep';
    case 'target-down':
      return `${fault.monitor} down (${fault.symptom}) from ${fault.from.join(' and ')}`;
    default:
      return whatIsWrongIn(fault);
  }
}

type OfRegion = Extract<Fault, Of>;

function whatIsWrongIn(fault: OfRegion): string {
  const { region } = fault;
  switch (fault.kind) {
    case 'isolated':
      return `region ${region} cut off from everything`;
    case 'region-dark':
      return `region ${region} dark (calls to it: ${fault.darkness})`;
    case 'lost-minute':
      return `ticks of ${fault.role} in ${region} lost`;
    case 'schedule-stopped':
      return `schedule of ${fault.role} in ${region} stopped`;
    case 'watchdog-dead':
      return `watchdog of ${region} dead`;
    case 'prober-hung':
      return `prober of ${region} hung${fault.isDeaf ? ', and deaf to pokes' : ''}`;
    case 'late-invocations':
      return `${fault.role} of ${region} is given events ${sayMs(fault.lateMs)} late${fault.isOnly ? ', and no others' : ''}`;
    case 'duplicate-invocations':
      return `${fault.role} of ${region} is given each event again ${sayMs(fault.afterMs)} later`;
    case 'crashes':
      return `${fault.role} of ${region} crashes after ${fault.afterAnswers.join(', then ')} answers`;
    case 'skipping':
      return `prober of ${region} cannot probe ${fault.monitors.join(', ')}`;
    case 'table-failing':
      return `table in ${region} ${fault.trouble.how} for ${Math.round(fault.trouble.probability * 100)} % of ${fault.trouble.calls}`;
    case 'topic-failing':
      return `topic of ${region} refuses messages`;
    case 'topic-dropping':
      return `topic of ${region} accepts messages and delivers none`;
    case 'outside-failing':
      return `switch outside of ${region} ${fault.how === 'hangs' ? 'does not answer' : 'refuses pings'}`;
    case 'clock-skewed':
      return `clock of ${region} wrong by ${sayMs(fault.byMs)}`;
    case 'clock-stepping':
      return `clock of ${region} steps by ${sayMs(fault.byMs)} and back every ${sayMs(fault.everyMs)}`;
    case 'bad-deploy':
      return `bad deployment in ${region}: ${fault.deploy}`;
    case 'credentials-revoked':
      return `credentials of ${region} revoked`;
    case 'names-gone':
      return `DNS of ${region} gone`;
    case 'inbox-dark':
      return `inbox of ${region} dark`;
    case 'ordered':
      return `${fault.order} of ${fault.monitors.join(', ')} ordered in ${region}`;
  }
}

const sayMs = (ms: number): string => (Math.abs(ms) >= 2 * minute ? `${Math.round(ms / minute)} min` : `${Math.round(ms / second)} s`);

/** Both directions between two regions. */
export const bothWays = (one: RegionId, other: RegionId): readonly Direction[] => [
  { from: one, to: other },
  { from: other, to: one },
];

function arrows(directions: readonly Direction[]): string {
  const [first] = directions;
  if (first === undefined) return '';
  return directions.length === 1 ? `${first.from} → ${first.to}` : `${first.from} ↔ ${first.to}`;
}
