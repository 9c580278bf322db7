/** What is drawn on the dashboard: the system as one region's replica tells it, and what could not be read of it. */
import type { Instant, RegionId } from '../basics/brand';
import { parseTime } from '../basics/time';
import type { Channel } from '../config/config';
import type { AnnouncementView, MonitorView, ReportView, StatusView } from '../views';

export interface WidgetView {
  /** Whose replica was read. */
  readonly readIn: RegionId;
  readonly now: Instant;
  /** How long the reading took. */
  readonly tookMs: number;
  /** Where nothing could be read all of it is unknown. */
  readonly status: StatusView;
  readonly isRead: boolean;
  /** What could not be read, as sentences. */
  readonly unread: readonly string[];
  /** The last day of the monitors that are shown, by their id. */
  readonly reports: ReadonlyMap<string, ReportView>;
  /** Newest first. */
  readonly announcements: readonly AnnouncementView[];
  readonly channels: readonly Pick<Channel, 'name' | 'kind'>[];
  readonly beatIntervalMs: number;
  /** Where the runbook can be read. */
  readonly runbookUrl?: string | undefined;
  readonly theme: 'light' | 'dark';
}

/** More would be a list, and no picture. */
const mostMonitors = 40;

/** Those that are drawn: the worst first. */
export function shownMonitors(status: StatusView): readonly MonitorView[] {
  const byGravity = [...status.monitors].sort((one, other) => gravityOf(one) - gravityOf(other) || (one.id < other.id ? -1 : 1));
  return byGravity.slice(0, mostMonitors);
}

export const gravestFirst: readonly string[] = ['down', 'misidentified', 'partial', 'unknown', 'up'];

function gravityOf({ verdict, isFlaky, certainty }: MonitorView): number {
  return gravestFirst.indexOf(verdict) + (verdict === 'up' && !isFlaky && certainty === 'confirmed' ? 1 : 0);
}

/** How long ago a time was that a view tells. */
export const sinceMs = (now: Instant, time: string): number => now - (parseTime(time) ?? now);
