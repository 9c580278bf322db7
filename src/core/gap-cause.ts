/** Why time is unknown, prober by prober: what was said of each in that time, or why it left the monitor out. */
import { asleepCause } from './asleep';
import type { RegionId } from './basics/brand';
import type { Incident } from './incident';
import { monitoringSubject, proberSubject } from './log';
import { type Gap, overlaps, type Span, type Stretch } from './timeline';

/** Such as `eu-west-1 silent, us-east-2 hung`; empty where no prober is to blame. */
export function sayCause(
  gap: Gap,
  known: {
    readonly spans: ReadonlyMap<RegionId, readonly Span[]>;
    readonly incidents: readonly Incident[];
    /** Times of which it is written down that the machine slept. */
    readonly asleep?: readonly Stretch[] | undefined;
  },
): string {
  const probers = [...known.spans.keys()];
  switch (gap.cause) {
    case 'before the first observation':
    case 'in the future':
      return '';
    case 'no prober reported':
      if (known.asleep?.some((stretch) => overlaps(stretch, gap)) === true) return asleepCause;
      return sayProbers(gap, probers, known.incidents);
    case 'probers reported but did not cover this monitor':
      return probers.map((region) => sayLeftOut(gap, region, known.spans.get(region) ?? []) ?? sayProbers(gap, [region], known.incidents)).join(', ');
  }
}

/** Whether the logs say anything bad of any of these probers in that time: then somebody was awake. */
export const isAnythingSaid = (stretch: Stretch, probers: readonly RegionId[], incidents: readonly Incident[]): boolean =>
  incidents.some((incident) => probers.some((region) => incident.subject === proberSubject(region)) && conditionsIn(stretch, incident).length > 0);

/** What the logs say of each of these probers at any moment of that time; where they say nothing, what they say of all together. */
export function sayProbers(stretch: Stretch, probers: readonly RegionId[], incidents: readonly Incident[]): string {
  const said = probers.map((region) => {
    const conditions = incidents.filter(({ subject }) => subject === proberSubject(region)).flatMap((incident) => conditionsIn(stretch, incident));
    return conditions.length === 0 ? undefined : `${region} ${[...new Set(conditions)].join(' and ')}`;
  });
  const together = said.every((words) => words === undefined) ? sayMonitoring(stretch, incidents) : undefined;
  return together ?? said.map((words, index) => words ?? `nothing was said of ${probers[index]}`).join(', ');
}

/** Why somebody said while it lasted that nobody watched. */
function sayMonitoring(stretch: Stretch, incidents: readonly Incident[]): string | undefined {
  const told = incidents.filter((incident) => incident.subject === monitoringSubject && conditionsIn(stretch, incident).length > 0);
  const bodies = told.flatMap(({ transitions: [opening] }) => opening?.entries.map(({ body }) => body) ?? []);
  return bodies.find((body) => body.kind === 'opened' && body.isOver !== true)?.reason;
}

function conditionsIn(stretch: Stretch, { transitions }: Incident): readonly string[] {
  return transitions.flatMap(({ kind, condition, entries }, index) => {
    const until = transitions[index + 1]?.entries[0].at;
    const lasted = { from: entries[0].at, to: until ?? stretch.to };
    return kind !== 'resolved' && overlaps(lasted, stretch) ? [condition] : [];
  });
}

function sayLeftOut(gap: Stretch, region: RegionId, spans: readonly Span[]): string | undefined {
  const skipped = spans.filter((span) => span.outcome === 'skipped' && overlaps(span, gap));
  if (skipped.length === 0) return undefined;
  const whys = [...new Set(skipped.flatMap(({ why }) => why ?? []))];
  return whys.length === 0 ? `${region} skipped it` : `${region} ${whys.join(' and ')}`;
}
