/** A message that a topic accepted, read as any program outside would read it: from its JSON alone. */
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
  /** As a small screen shows it. */
  readonly headline: string;
  /** What a topic dropped was accepted all the same. */
  readonly isDelivered: boolean;
}

export function announcedFrom({ topic, sender, message, isDelivered }: Accepted, at: number): Announced {
  const told: Readonly<Record<string, unknown>> = JSON.parse(message.json);
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
    headline: message.subject,
    isDelivered,
  };
}
