/** One try of a domain monitor: find the registry, ask it, count the days. */
import type { DomainProbe } from '../../../core/config/kinds/domain/probe';
import type { Attempt } from '../../../core/observation';
import { numberWords, unmetNumber } from '../conditions/numbers';
import { type Failure, isFailure } from '../failure';
import type { Means } from '../means';
import { slowFailure, type Trying, tryOut } from '../trying';
import { type Document, getJson } from './get-json';
import { serverFor } from './registry';

const dayMs = 86_400_000;

interface Registration {
  /** When it ends, in milliseconds since 1970. */
  readonly endsAt: number;
}

export function probeDomain(probe: DomainProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  return tryOut(timeoutMs, means, {
    run: (trying) => ask(probe, trying),
    judge: ({ endsAt }, phases) => daysFailure(endsAt, probe.expect.daysLeft, means.tell) ?? slowFailure(phases, probe.expect.withinMs),
  });
}

async function ask({ name, server, bootstrap }: DomainProbe, trying: Trying): Promise<Registration | Failure> {
  const base = server ?? (await serverFor(name, bootstrap, trying));
  if (typeof base !== 'string') return base;
  const url = `${base.replace(/\/*$/, '')}/domain/${name.toLowerCase()}`;
  const document = await getJson(url, trying);
  return isFailure(document) ? document : registrationIn(document, name, new URL(url).host);
}

function registrationIn({ status, value }: Document, name: string, host: string): Registration | Failure {
  if (status !== 200) return unknown(`${host} answered with status ${status}${meaningOf(status, name)}`);
  const ends = eventsIn(value).find(({ eventAction }) => eventAction === 'expiration')?.eventDate;
  const endsAt = typeof ends === 'string' ? Date.parse(ends) : Number.NaN;
  return Number.isNaN(endsAt) ? unknown(`${host} does not tell when the registration of ${name} ends`) : { endsAt };
}

const unknown = (detail: string): Failure => ({ reason: 'domain-unknown', detail });

function meaningOf(status: number, name: string): string {
  if (status === 404) return `: ${name} is not registered there`;
  return status === 429 ? ': it was asked too often; lengthen the interval' : '';
}

interface RegistrationEvent {
  readonly eventAction?: unknown;
  readonly eventDate?: unknown;
}

function eventsIn(value: unknown): readonly RegistrationEvent[] {
  const events: unknown = typeof value === 'object' && value !== null && 'events' in value ? value.events : [];
  return Array.isArray(events) ? events.filter((event) => typeof event === 'object' && event !== null) : [];
}

function daysFailure(endsAt: number, rule: DomainProbe['expect']['daysLeft'], tell: Means['tell']): Failure | undefined {
  const daysLeft = Math.floor((endsAt - Date.now()) / dayMs);
  const seen = `${daysLeft} (until ${new Date(endsAt).toISOString().slice(0, 10)})`;
  const wanted = numberWords(rule);
  const isGood = unmetNumber(rule, daysLeft) === undefined;
  tell?.({ what: 'days left', seen, wanted, isGood });
  return isGood ? undefined : { reason: 'domain-days', detail: `days left ${seen}, wanted ${wanted}` };
}
