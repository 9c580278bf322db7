/** L4: when all faults are over, all is resolved and told so, every replica holds the same history, and nothing goes on cycling. */
import { convergedMs } from './bounds';
import type { Checker, Evidence, Violation } from './evidence';

const transitions = ['opened', 'changed', 'resolved'];

export const convergence: Checker = (evidence) => {
  const by = evidence.healedAt + convergedMs(evidence.config);
  if (by > evidence.to) return [];
  return [...unresolved(by, evidence), ...untold(evidence), ...restless(by, evidence), ...divided(evidence), ...seenDifferently(evidence)];
};

/** Whatever was opened or changed has an end that somebody concluded from newer evidence, wherever and whenever. */
function unresolved(by: number, { history }: Evidence): readonly Violation[] {
  const before = history.logged.filter(({ at }) => at <= by).map(({ body }) => body);
  const open = before.filter((body) => body.kind === 'opened' || body.kind === 'changed');
  const ends = before.filter((body) => body.kind === 'resolved');
  const unended = open.filter((body) => !ends.some((end) => end.key === body.key && knowsMore(end.evidence, body.evidence)));
  return unended.map((body) => ({ promise: 'L4', at: by, what: `${String(body.key)} is still ${String(body.kind)} though all is well` }));
}

function knowsMore(end: unknown, than: unknown): boolean {
  const [later, earlier] = [end, than].map((slots) => new Map(Object.entries(slots as Record<string, number>)));
  const common = [...(later ?? [])].filter(([region]) => earlier?.has(region));
  return common.every(([region, slot]) => slot >= (earlier?.get(region) ?? 0)) && common.some(([region, slot]) => slot > (earlier?.get(region) ?? 0));
}

/** Whoever was told of trouble is told of its end. */
function untold({ history, to }: Evidence): readonly Violation[] {
  const last = new Map(history.announced.map((one) => [one.key, one]));
  return [...last.values()].flatMap((one) =>
    one.kind === 'resolved' ? [] : [{ promise: 'L4', at: to, what: `the last thing said of ${one.key} is "${one.headline}"` }],
  );
}

function restless(by: number, { history }: Evidence): readonly Violation[] {
  const late = history.logged.filter(({ at, body }) => at > by && transitions.includes(String(body.kind)));
  return late.map(({ at, body }) => ({ promise: 'L4', at, what: `${String(body.key)} was ${String(body.kind)} long after all faults were over` }));
}

function divided({ stores, to }: Evidence): readonly Violation[] {
  const logs = [...stores].map(([region, store]) => ({ region, log: JSON.stringify(store.all().filter((item) => item.pk.startsWith('LOG#'))) }));
  const [first, ...others] = logs;
  return others.flatMap(({ region, log }) =>
    log === first?.log ? [] : [{ promise: 'L4', at: to, what: `${first?.region ?? ''} and ${region} hold different histories` }],
  );
}

/** Whoever looks through one replica sees what all others see: all incidents over, everybody reporting. */
function seenDifferently({ inspection, to }: Evidence): readonly Violation[] {
  const wrong: string[] = [];
  const views = [...inspection.finally].map(([region, { monitors, watches, incidents }]) => {
    wrong.push(...monitors.filter((one) => one.verdict !== 'up').map((one) => `${region} shows ${one.id} as ${one.verdict}`));
    wrong.push(...watches.filter((one) => one.state !== 'reporting').map((one) => `${region} shows that ${one.observer} finds ${one.subject} ${one.state}`));
    wrong.push(...incidents.filter((one) => one.state === 'open').map((one) => `${region} shows an open incident ${one.key}`));
    return JSON.stringify(incidents);
  });
  if (new Set(views).size > 1) wrong.push('the regions show different incidents');
  return wrong.map((what) => ({ promise: 'L4', at: to, what }));
}
