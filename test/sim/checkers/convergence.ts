/** L4: when all faults are over, all is resolved and told so, every replica holds the same history, and nothing goes on cycling. */
import { minute, second } from '../../../src/core/basics/time';
import type { WatchView } from '../../../src/core/views';
import { startsAt } from '../world';
import { convergedMs } from './bounds';
import { calmAt, transitions } from './calming';
import type { Checker, Evidence, Violation } from './evidence';
import { type Interval, merged } from './intervals';

/** Now and then an item takes longer to come than others: so long a beat may be late at any time. */
const travelsMs = 5 * second;
/** What was told as flaky is well again after so many good samples in a row. */
const flakyCalmsAfter = 20;

export const convergence: Checker = (evidence) => {
  const settled = settledTimes(evidence);
  const last = settled.at(-1);
  const isSettled = last?.ends === evidence.to && !isOnItsWay(last, evidence);
  const atTheEnd = isSettled ? [...divided(evidence), ...seenDifferently(evidence)] : [];
  return [...settled.flatMap((calm) => [...unresolved(calm, evidence), ...untold(calm, evidence), ...restless(calm, evidence)]), ...atTheEnd];
};

/** Stretches without a fault, each from when everything must have settled. */
export function settledTimes({ harms, config, to }: Evidence): readonly Interval[] {
  const stormy = merged(harms);
  const calm = [0, ...stormy.map(({ ends }) => ends)].map((begins, index) => ({
    begins: begins + convergedMs(config),
    ends: Math.min(to, stormy[index]?.begins ?? to),
  }));
  return calm.filter(({ begins, ends }) => begins <= ends);
}

/** Whatever was opened or changed has an end that somebody concluded from newer evidence, wherever and whenever. */
function unresolved(calm: Interval, evidence: Evidence): readonly Violation[] {
  const { history } = evidence;
  const before = history.logged.filter(({ at }) => at <= calm.begins);
  const ends = before.flatMap(({ body }) => endsIn(body));
  const open = before.filter(({ body }) => body.kind === 'opened' || body.kind === 'changed');
  const stillFlaky = flakyUntil(calm.begins, evidence) > calm.ends ? flakyKeys(calm.begins, evidence) : new Set();
  const unended = open.filter(({ body }) => !stillFlaky.has(body.key) && !ends.some((end) => end.key === body.key && knowsMore(end.evidence, body.evidence)));
  return unended.map(({ body }) => ({ promise: 'L4', at: calm.begins, what: `${String(body.key)} is still ${String(body.kind)} though all is well` }));
}

/** An end may also be written down as part of an incident that is written down late, or of what was told. */
function endsIn(body: Body): readonly Body[] {
  if (body.kind === 'resolved') return [body];
  const within = body.kind === 'restated' ? (body.entries as readonly { readonly body: Body }[]).map((entry) => entry.body) : [body.of as Body | undefined];
  return within.flatMap((one) => (one?.kind === 'resolved' ? [one] : []));
}

type Body = Readonly<Record<string, unknown>>;

function knowsMore(end: unknown, than: unknown): boolean {
  const [later, earlier] = [end, than].map((slots) => new Map(Object.entries(slots as Record<string, number>)));
  const common = [...(later ?? [])].filter(([region]) => earlier?.has(region));
  return common.every(([region, slot]) => slot >= (earlier?.get(region) ?? 0)) && common.some(([region, slot]) => slot > (earlier?.get(region) ?? 0));
}

/** Whoever was told of trouble is told of its end. */
function untold(calm: Interval, evidence: Evidence): readonly Violation[] {
  const { history } = evidence;
  const stillFlaky = flakyUntil(calm.begins, evidence) > calm.ends ? flakyKeys(calm.begins, evidence) : new Set();
  const last = new Map(history.announced.filter(({ at }) => at <= calm.ends).map((one) => [one.key, one]));
  return [...last.values()].flatMap((one) =>
    one.kind === 'resolved' || stillFlaky.has(one.key) || (one.condition === 'flapping' && calm.ends < calmAt(one.key, calm.ends, evidence))
      ? []
      : [{ promise: 'L4', at: calm.ends, what: `the last thing said of ${one.key} is "${one.headline}"` }],
  );
}

/** Of keys that were told as flaky last: for so long the end may take. */
const flakyUntil = (calmBegins: number, { config }: Evidence): number =>
  calmBegins - convergedMs(config) + flakyCalmsAfter * Math.max(...config.monitors.map(({ intervalMs }) => intervalMs)) + minute;

function flakyKeys(at: number, { history }: Evidence): ReadonlySet<unknown> {
  // What is noted of it afterwards, that an earlier page was heard of, says nothing of how it is; and regions may see it differently in one moment.
  const concluded = history.logged.filter((one) => one.at <= at && transitions.includes(String(one.body.kind)));
  const last = new Map(concluded.map((one) => [`${one.region} ${String(one.body.key)}`, one.body]));
  return new Set([...last.values()].flatMap(({ key, condition }) => (condition === 'flaky' ? [key] : [])));
}

function restless(calm: Interval, evidence: Evidence): readonly Violation[] {
  const stillFlaky = flakyKeys(calm.begins, evidence);
  const isCalming = (key: unknown, at: number): boolean => stillFlaky.has(key) && at <= flakyUntil(calm.begins, evidence);
  const late = evidence.history.logged.filter(
    ({ at, body }) =>
      at > calm.begins &&
      at <= calm.ends &&
      transitions.includes(String(body.kind)) &&
      !isCalming(body.key, at) &&
      !isToldAfterwards(body.key, { at, calm }, evidence),
  );
  return late.map(({ at, body }) => ({ promise: 'L4', at, what: `${String(body.key)} was ${String(body.kind)} long after all faults were over` }));
}

/** That nobody watched is told afterwards in the time of the regions' own clocks, and one of them may have been ahead by so much. */
export const clockOffMs = 5 * minute;

function isToldAfterwards(key: unknown, { at, calm }: { readonly at: number; readonly calm: Interval }, { history, harms }: Evidence): boolean {
  const wasAhead = at <= calm.begins + clockOffMs && harms.some((harm) => harm.takes === 'clock' && harm.ends <= calm.begins);
  return wasAhead && history.logged.findLast((one) => one.at <= at && one.body.key === key && one.body.kind === 'opened')?.body.isOver === true;
}

/** What is told afterwards may be written a moment before the end, and is not everywhere yet. */
const isOnItsWay = (calm: Interval, evidence: Evidence): boolean =>
  evidence.history.logged.some(({ at, body }) => at > evidence.to - travelsMs && at <= evidence.to && isToldAfterwards(body.key, { at, calm }, evidence));

function divided({ logs, to }: Evidence): readonly Violation[] {
  const [first, ...others] = [...logs].map(([region, items]) => ({ region, log: JSON.stringify(items) }));
  return others.flatMap(({ region, log }) =>
    log === first?.log ? [] : [{ promise: 'L4', at: to, what: `${first?.region ?? ''} and ${region} hold different histories` }],
  );
}

/** Whoever looks through one replica sees what all others see: all incidents over, everybody reporting. */
function seenDifferently({ inspection, to }: Evidence): readonly Violation[] {
  const isLateForLong = ({ since }: WatchView): boolean => since === null || startsAt + to - Date.parse(since) > travelsMs;
  const wrong: string[] = [];
  const views = [...inspection.finally].map(([region, { monitors, watches, incidents }]) => {
    wrong.push(...monitors.filter((one) => one.verdict !== 'up').map((one) => `${region} shows ${one.id} as ${one.verdict}`));
    wrong.push(
      ...watches
        .filter((one) => one.state !== 'reporting' && (one.state !== 'late' || isLateForLong(one)))
        .map((one) => `${region} shows that ${one.observer} finds ${one.subject} ${one.state}`),
    );
    const open = incidents.filter((one) => one.state === 'open');
    wrong.push(...open.map((one) => `${region} shows an open incident ${one.key}`));
    return JSON.stringify(incidents);
  });
  if (new Set(views).size > 1) wrong.push('the regions show different incidents');
  return wrong.map((what) => ({ promise: 'L4', at: to, what }));
}
