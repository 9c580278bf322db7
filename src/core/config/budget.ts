/** How much a host may be asked: a monitor's own words, else the defaults, and never more than the file allows for all. */
import type { HostBudget } from './config';

export interface SourceBudget {
  readonly perHost?: number | undefined;
  readonly perSecond?: number | undefined;
}

export interface SourceBudgets {
  readonly all?: SourceBudget | undefined;
  readonly defaults?: SourceBudget | undefined;
  readonly own?: SourceBudget | undefined;
}

/** `undefined` where nothing limits it. */
export function budgetOf(host: string | undefined, { all, defaults, own }: SourceBudgets): HostBudget | undefined {
  const atOnce = least(all?.perHost, own?.perHost ?? defaults?.perHost);
  const perSecond = least(all?.perSecond, own?.perSecond ?? defaults?.perSecond);
  if (host === undefined || (atOnce === undefined && perSecond === undefined)) return undefined;
  return { host, ...(atOnce === undefined ? {} : { atOnce }), ...(perSecond === undefined ? {} : { perSecond }) };
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
