/** The words of a message that tells several things at once: what they have in common, then each in a line. */
import type { Instant, RegionId } from '../basics/brand';
import { ageText, isoTime, utcTime } from '../basics/time';
import { isGraver, rowOf } from '../condition';
import type { Severity } from '../config/config';
import type { Gathered } from '../gathering';
import { asciiSubject, headlineOf, type Telling, tellingJson, type Words } from './message';

export interface Together {
  readonly tellings: readonly [Telling, ...Telling[]];
  readonly because: NonNullable<Gathered['because']>;
  readonly by: RegionId;
  readonly now: Instant;
}

export function wordsForSeveral(together: Together): Words {
  const headline = headlineOfSeveral(together);
  return { subject: asciiSubject(headline), text: [headline, ...linesOf(together)].join('\n'), json: JSON.stringify(jsonOf(together, headline)) };
}

export function headlineOfSeveral({ tellings, because }: Pick<Together, 'tellings' | 'because'>): string {
  const [{ transition }] = tellings;
  const count = tellings.length;
  if (because.kind === 'cap') {
    const { messages, withinMs } = because.cap;
    return `${gravestOf(tellings).toUpperCase()} ${count} more at once: the cap of ${messages} messages in ${ageText(withinMs)} is reached`;
  }
  if (transition.kind === 'resolved') return `RESOLVED ${count} monitors with one cause: ${because.cause}`;
  const conditions = new Set(tellings.map((telling) => telling.transition.condition));
  const what = conditions.size === 1 ? rowOf(transition.condition).opened.replace(/^is /, 'are ') : 'are not well';
  return `${gravestOf(tellings).toUpperCase()} ${count} monitors ${what}, with one cause: ${because.cause}`;
}

const gravestOf = (tellings: Together['tellings']): Severity =>
  tellings.reduce<Severity>((gravest, { transition }) => (isGraver(transition.severity, gravest) ? transition.severity : gravest), 'note');

function linesOf({ tellings, because, by, now }: Together): readonly string[] {
  const each = tellings.map((telling) => `- ${headlineOf(telling)}; incident ${telling.incident.id}, since ${utcTime(telling.incident.openedAt)}`);
  const [first] = tellings[0].transition.entries;
  return [
    ...each,
    ...(because.kind === 'cause' ? [`of the first of them: ${first.body.facts.join('; ').slice(0, 1000)}`] : []),
    `told by: ${by}, at ${utcTime(now)}`,
    because.kind === 'cap'
      ? 'until there are fewer again, what is due is gathered every half minute: twinwatch why NAME says more of each'
      : 'each is an incident of its own: twinwatch why NAME says more, and each ends by itself',
    'runbook: docs/runbook.md#many-at-once',
  ];
}

/** Of each what tells it from the others: a message has room for so much, and `twinwatch why` has it all. */
function briefly(telling: Telling): Readonly<Record<string, unknown>> {
  const headline = headlineOf(telling);
  const whole = tellingJson(telling, headline);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !left.includes(name)));
}

/** Evidence, and what is the same for all of them. */
const left: readonly string[] = ['version', 'at', 'region', 'facts', 'evidence', 'aliases', 'monitor', 'reason', 'concludedBecause', 'severityBefore'];

function jsonOf({ tellings, because, by, now }: Together, headline: string): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    kind: 'several',
    because: because.kind,
    ...(because.kind === 'cause' ? { cause: because.cause } : { cap: because.cap }),
    severity: gravestOf(tellings),
    at: isoTime(now),
    region: by,
    headline,
    incidents: tellings.map(briefly),
  };
}
