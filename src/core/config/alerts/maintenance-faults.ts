/** Mistakes of planned work: of nothing, without an end, never, or at a time that no clock shows. */
import { Cron } from 'croner';
import { parseDuration } from '../durations';
import { cronTrouble, isTimezone } from '../kinds/heartbeat/calendar';
import type { Fault, Path } from '../mistakes';
import { isMap, listOf, type PlainMap, valueAt } from '../plain-value';
import { hasZone, readTime } from './local-time';

export function maintenanceFaults(root: unknown): readonly Fault[] {
  return listOf(valueAt(root, ['maintenance'])).flatMap((plan, index) => (isMap(plan) ? faultsOf(plan, ['maintenance', index]) : []));
}

function faultsOf(plan: PlainMap, path: Path): readonly Fault[] {
  return [...scopeFaults(plan, path), ...formFaults(plan, path), ...(plan.cron === undefined ? onceFaults(plan, path) : cronFaults(plan, path))];
}

function scopeFaults({ monitors, groups, all }: PlainMap, path: Path): readonly Fault[] {
  const isNamed = monitors !== undefined || groups !== undefined;
  if (all === true && isNamed) return [{ path: [...path, 'all'], problem: 'all monitors are meant, and some are named', advice: 'remove one of them' }];
  if (all === true || isNamed) return [];
  return [{ path, problem: 'does not say of what', advice: 'write monitors: [shop], groups: [shop] or all: true' }];
}

function formFaults(plan: PlainMap, path: Path): readonly Fault[] {
  const { from, until, cron, for: lasts } = plan;
  if (cron !== undefined && (from !== undefined || until !== undefined))
    return [{ path, problem: 'it cannot be planned both once and again and again', advice: 'write `from` and `until`, or `cron` and `for`' }];
  if (cron === undefined && from === undefined && until === undefined)
    return [{ path, problem: 'does not say when', advice: 'write `from` and `until`, or `cron` and `for`' }];
  if (cron !== undefined && lasts === undefined) return [{ path, problem: 'it would never end', advice: 'write how long it lasts, such as for: 1h' }];
  if (cron === undefined && from === undefined) return [{ path, problem: 'does not say when it begins', advice: 'write `from`' }];
  if (cron === undefined && until === undefined) return [{ path, problem: 'it would never end', advice: 'write `until`' }];
  return [];
}

function onceFaults(plan: PlainMap, path: Path): readonly Fault[] {
  if (plan.for !== undefined) return [{ path: [...path, 'for'], problem: '`for` belongs to `cron`', advice: 'write `until`' }];
  const faults = (['from', 'until'] as const).flatMap((key) => momentFaults(plan, { path, key }));
  const [begins, ends] = [timeOf(plan, 'from'), timeOf(plan, 'until')];
  if (typeof begins !== 'number' || typeof ends !== 'number' || begins < ends) return faults;
  return [...faults, { path: [...path, 'until'], problem: 'it ends before it begins, so it would never end', advice: 'write a time after `from`' }];
}

const zoneOf = ({ timezone }: PlainMap): string => (typeof timezone === 'string' && isTimezone(timezone) ? timezone : 'UTC');

function timeOf(plan: PlainMap, key: 'from' | 'until') {
  const written = plan[key];
  return typeof written === 'string' ? readTime(written, zoneOf(plan)) : undefined;
}

function momentFaults(plan: PlainMap, { path, key }: { readonly path: Path; readonly key: 'from' | 'until' }): readonly Fault[] {
  const written = plan[key];
  if (typeof written !== 'string') return [];
  const place = [...path, key];
  if (timeOf(plan, key) === 'no-such-time')
    return [{ path: place, problem: `clocks in ${zoneOf(plan)} are put forward over ${written}`, advice: 'write a time that they show' }];
  if (!hasZone(written) && plan.timezone === undefined && timeOf(plan, key) !== undefined)
    return [{ path: place, problem: `${written} is another time in every zone`, advice: `write ${written}Z, or a \`timezone\`` }];
  return [];
}

function cronFaults(plan: PlainMap, path: Path): readonly Fault[] {
  const { cron, for: lasts } = plan;
  const forMs = parseDuration(lasts);
  if (typeof cron !== 'string' || cronTrouble(cron) !== undefined) return [];
  const runs = new Cron(cron, { timezone: zoneOf(plan), paused: true }).nextRuns(runsLookedAt, firstLook);
  if (runs.length === 0) return [{ path: [...path, 'cron'], problem: `"${cron}" never comes`, advice: 'write a day that there is' }];
  if (forMs === undefined || runs.length < runsLookedAt) return [];
  const isEndless = runs.every((run, index) => index === 0 || run.getTime() - (runs[index - 1]?.getTime() ?? 0) <= forMs);
  return isEndless ? [{ path: [...path, 'for'], problem: 'it begins again before it is over, so it would never end', advice: 'write a shorter time' }] : [];
}

const runsLookedAt = 400;
const firstLook = '2026-01-01T00:00:00';
