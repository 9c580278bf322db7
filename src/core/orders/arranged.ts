/** What was arranged, by orders and by the configuration: of what nobody wants to hear, and when, and who sees to what. */
import { type Instant, instant } from '../basics/brand';
import type { Config, Monitor } from '../config/config';
import { type Incident, idsOf } from '../incident';
import { monitorsBySubject } from '../monitors-by-subject';
import { isIn, type Scope } from '../scope';
import { overlaps, type Stretch } from '../timeline';
import { asTheyStand, holdsAt, type Order } from './order';

/** A time in which nothing new is told of some monitors. */
export interface Quiet extends Stretch {
  readonly kind: 'silence' | 'maintenance';
  readonly of: Scope;
  /** The id of the order, or the file in which it is planned. */
  readonly name: string;
  readonly by: string;
  readonly why?: string | undefined;
}

export interface Arrangements {
  readonly config: Pick<Config, 'monitors'>;
  readonly orders: readonly Order[];
  /** What is planned, for as far back as anybody asks. */
  readonly planned: readonly Quiet[];
}

export interface Arranged {
  /** Maintenance before silence, and of each what lasts longest. */
  quietAt(subject: string, at: Instant): Quiet | undefined;
  /** When it was last quiet, and is no more. */
  quietEndedBefore(subject: string, at: Instant): Instant | undefined;
  /** Who has taken an incident. */
  takenAt(incident: Pick<Incident, 'key' | 'id' | 'aliases'>, at: Instant): Order | undefined;
  /** Maintenance of a monitor, as far as it touches a stretch. */
  pausesOf(monitor: Monitor, stretch: Stretch): readonly Quiet[];
}

export const nothingArranged: Arranged = { quietAt: () => undefined, quietEndedBefore: () => undefined, takenAt: () => undefined, pausesOf: () => [] };

export function arrange({ config, orders, planned }: Arrangements): Arranged {
  const standing = asTheyStand(orders);
  const quiets = [...planned, ...standing.flatMap(quietOf)].filter(({ from, to }) => from < to);
  const taken = standing.filter(({ asked }) => asked.kind === 'ack');
  if (quiets.length === 0 && taken.length === 0) return nothingArranged;
  const monitors = monitorsBySubject(config);
  const of = (monitor: Monitor | undefined): readonly Quiet[] => (monitor === undefined ? [] : quiets.filter((quiet) => isIn(monitor, quiet.of)));
  return {
    quietAt: (subject, at) => gravest(of(monitors.get(subject)).filter((quiet) => holdsAt(quiet, at))),
    quietEndedBefore: (subject, at) => lastEnd(of(monitors.get(subject)), at),
    takenAt: (incident, at) => taken.find((order) => isOfIncident(order, incident) && holdsAt(order, at)),
    pausesOf: (monitor, stretch) => of(monitor).filter((quiet) => quiet.kind === 'maintenance' && overlaps(quiet, stretch)),
  };
}

function quietOf({ id, by, why, from, to, asked }: Order): readonly Quiet[] {
  return asked.kind === 'silence' || asked.kind === 'maintenance' ? [{ kind: asked.kind, of: asked.of, from, to, name: id, by, why }] : [];
}

const rank = ({ kind }: Quiet): number => (kind === 'maintenance' ? 0 : 1);
const gravest = (quiets: readonly Quiet[]): Quiet | undefined => [...quiets].sort((one, other) => rank(one) - rank(other) || other.to - one.to)[0];

function lastEnd(quiets: readonly Quiet[], at: Instant): Instant | undefined {
  const ended = quiets.filter(({ to }) => to <= at).map(({ to }) => to);
  return ended.length === 0 ? undefined : instant(Math.max(...ended));
}

const isOfIncident = ({ asked }: Order, incident: Pick<Incident, 'key' | 'id' | 'aliases'>): boolean =>
  asked.kind === 'ack' && asked.key === incident.key && idsOf(incident).includes(asked.incident);
