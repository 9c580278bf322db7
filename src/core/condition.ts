/** What an incident can say of its subject: of which family it is, how grave, and in which words. */
import { minute } from './basics/time';
import type { Severity } from './config/config';

/** Families of trouble: of one subject there is at most one open incident in each. */
export type Family = 'availability' | 'identity' | 'watch' | 'coverage' | 'channel';

/** Whether more than one region has seen it. */
export type Certainty = 'confirmed' | 'single-witness';

interface ConditionRow {
  readonly family: Family;
  /** `as-configured`: the severity that the monitor was given; `ticket-at-most`: that, but it never wakes anyone. */
  readonly severity: Severity | 'as-configured' | 'ticket-at-most';
  /** How long an observer must have found it before it becomes an incident. */
  readonly afterMs?: number;
  /** What lasts so much longer becomes a page. */
  readonly pageAfterMs?: number;
  readonly opened: string;
  readonly resolved: string;
}

const rows = {
  down: { family: 'availability', severity: 'as-configured', opened: 'is DOWN', resolved: 'is up again' },
  partial: { family: 'availability', severity: 'as-configured', opened: 'is DOWN FROM SOME REGIONS', resolved: 'is up from every region again' },
  flaky: { family: 'availability', severity: 'ticket-at-most', opened: 'is FLAKY', resolved: 'is steady again' },
  misidentified: {
    family: 'identity',
    severity: 'as-configured',
    opened: 'is MISIDENTIFIED: who answers has not proven to be it',
    resolved: 'is answered by itself again',
  },
  silent: { family: 'watch', severity: 'page', opened: 'is SILENT', resolved: 'reports again' },
  hung: { family: 'watch', severity: 'page', opened: 'is HUNG: it begins rounds and finishes none', resolved: 'finishes rounds again' },
  stopped: { family: 'watch', severity: 'page', opened: 'is STOPPED: nothing invokes it', resolved: 'is invoked by its schedule again' },
  'store-down': { family: 'watch', severity: 'page', opened: 'WORKS BUT CANNOT STORE what it sees', resolved: 'can store what it sees again' },
  'link-lost': {
    family: 'watch',
    severity: 'ticket',
    afterMs: 10 * minute,
    opened: 'is seen only through a third region',
    resolved: 'is seen directly again',
  },
  'replication-stuck': {
    family: 'watch',
    severity: 'ticket',
    afterMs: 5 * minute,
    pageAfterMs: 30 * minute,
    opened: 'does not replicate to here',
    resolved: 'replicates again',
  },
  skewed: {
    family: 'watch',
    severity: 'ticket',
    afterMs: 10 * minute,
    opened: 'runs an OLDER CONFIGURATION',
    resolved: 'runs the newest configuration again',
  },
  'watcher-silent': { family: 'watch', severity: 'page', opened: 'has STOPPED WATCHING', resolved: 'watches again' },
  alone: { family: 'watch', severity: 'page', opened: 'SEES NOBODY: it may be that region itself', resolved: 'sees others again' },
  refused: { family: 'watch', severity: 'ticket', afterMs: minute, opened: 'is REFUSED by AWS', resolved: 'is let in by AWS again' },
  skipping: { family: 'coverage', severity: 'page', opened: 'SKIPS monitors', resolved: 'covers every monitor again' },
  lying: { family: 'coverage', severity: 'page', opened: 'cannot be BELIEVED: its canaries read wrong', resolved: 'reads its canaries right again' },
  unwatched: { family: 'coverage', severity: 'page', opened: 'is DOWN: nobody watches', resolved: 'goes on' },
  untold: {
    family: 'channel',
    severity: 'ticket',
    afterMs: 5 * minute,
    opened: 'DOES NOT TAKE PINGS: soon it will ring',
    resolved: 'takes pings again',
  },
  undelivered: {
    family: 'channel',
    severity: 'ticket',
    opened: 'DOES NOT TAKE MESSAGES',
    resolved: 'takes messages again',
  },
  unproven: {
    family: 'channel',
    severity: 'ticket',
    opened: 'is UNPROVEN: nothing shows that it still reaches anybody',
    resolved: 'is proven again',
  },
} as const satisfies Readonly<Record<string, ConditionRow>>;

/** Of what a monitor watches, and not of us who watch. */
export const isOfMonitor = (family: Family): boolean => family === 'availability' || family === 'identity';

export type Condition = keyof typeof rows;
export const conditions = Object.keys(rows) as readonly Condition[];
export const rowOf = (condition: Condition): ConditionRow => rows[condition];

/** How grave a condition is that was found for so long; `configured` is the severity of its monitor, where it is about one. */
export function severityOf(condition: Condition, found: { readonly lastsMs: number; readonly configured?: Severity | undefined }): Severity {
  const { severity, pageAfterMs } = rowOf(condition);
  if (severity === 'as-configured') return found.configured ?? 'page';
  if (severity === 'ticket-at-most') return found.configured === 'note' ? 'note' : 'ticket';
  return pageAfterMs !== undefined && found.lastsMs >= pageAfterMs ? 'page' : severity;
}

/** Whether a condition has lasted long enough to be written down. */
export const isRipe = (condition: Condition, lastsMs: number): boolean => lastsMs >= (rowOf(condition).afterMs ?? 0);

const bySeverity: readonly Severity[] = ['note', 'ticket', 'page'];
export const isGraver = (one: Severity, than: Severity): boolean => bySeverity.indexOf(one) > bySeverity.indexOf(than);
