/** What a message that a topic accepted tells, read as any program outside would read it: from its JSON alone. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Accepted } from './topics';

export interface Announced {
  readonly at: number;
  readonly topic: RegionId;
  readonly sender: RegionId;
  readonly kind: string;
  readonly incident: string;
  readonly key: string;
  readonly subject: string;
  readonly family: string;
  readonly condition: string;
  readonly severity: string;
  readonly certainty: string;
  /** Of what is said again: how long after it began. */
  readonly minutes?: number | undefined;
  /** As a small screen shows it. */
  readonly headline: string;
  /** What a topic dropped was accepted all the same. */
  readonly isDelivered: boolean;
}

type Told = Readonly<Record<string, unknown>>;

/** One message may tell several things. */
export function announcedFrom(accepted: Accepted, at: number): readonly Announced[] {
  const told: Told = JSON.parse(accepted.message.json);
  const several = told.kind === 'several' && Array.isArray(told.incidents) ? (told.incidents as readonly Told[]) : [told];
  return several.map((one) => announcedOf(accepted, one, at));
}

function announcedOf({ topic, sender, message, isDelivered }: Accepted, told: Told, at: number): Announced {
  const text = (name: string): string => {
    const value = told[name];
    if (typeof value !== 'string') throw new Error(`the announcement "${message.subject}" has no text "${name}" in its JSON`);
    return value;
  };
  return {
    at,
    topic,
    sender,
    kind: text('kind'),
    incident: text('incident'),
    key: text('key'),
    subject: text('subject'),
    family: text('family'),
    condition: text('condition'),
    severity: text('severity'),
    certainty: text('certainty'),
    ...(typeof told.minutes === 'number' ? { minutes: told.minutes } : {}),
    headline: message.subject,
    isDelivered,
  };
}
