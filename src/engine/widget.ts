/** What a dashboard asks for: read from the replica at home within a short time, and drawn; what could not be read is said. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { day, second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import type { ReportView } from '../core/views';
import { documentation } from '../core/widget/documentation';
import { clipped } from '../core/widget/html';
import { shownMonitors, type WidgetView } from '../core/widget/view';
import { widgetHtml } from '../core/widget/widget';
import { type LandingAnswer, type LandingCheck, landingOf } from './landing-answer';
import { calledAnswer } from './landing-called';
import { createOverview, type Overview } from './overview';
import type { Clock, Replica } from './ports';
import { within } from './within';

/** What the console sends; anything may be missing. */
export interface WidgetEvent {
  readonly describe?: unknown;
  /** Sent by whoever has deployed it. */
  readonly landing?: unknown;
  readonly widgetContext?: { readonly theme?: unknown } | undefined;
}

export interface WidgetWorld {
  readonly region: RegionId;
  readonly config: Config;
  readonly clock: Clock;
  /** The replica of this region. */
  readonly replica: Replica;
}

const lookLimitMs = 3 * second;
const reportLimitMs = 5 * second;

/** HTML; or markdown, where it is asked to describe itself. */
export async function answerWidget(world: WidgetWorld, event: WidgetEvent): Promise<string> {
  return event.describe === true ? documentation : (await draw(world, event)).html;
}

/** Draws, and shows nobody what it drew: whether it could read what it draws is what counts. */
export async function answerWidgetLanding(world: WidgetWorld & { readonly codeVersion: string }, event: unknown): Promise<LandingAnswer> {
  const landing = landingOf(event);
  const { region, config, codeVersion } = world;
  const { html, unread } = await drawnAtLast(world);
  const check: LandingCheck = { kind: 'draws', at: region, isGood: unread.length === 0 && html !== '', said: unread.join(' ') };
  return calledAnswer({ self: { region, config, codeVersion, role: 'widget' } }, landing, [check]);
}

/** The first read of an environment that was just born may take longer than a look may. */
async function drawnAtLast(world: WidgetWorld): Promise<Drawn> {
  const first = await draw(world, {});
  return first.unread.length === 0 ? first : draw(world, {});
}

interface Drawn {
  readonly html: string;
  /** What could not be read, as sentences. */
  readonly unread: readonly string[];
}

/** Everything is read anew: what an earlier look has seen must not make old news young. */
async function draw(world: WidgetWorld, event: WidgetEvent): Promise<Drawn> {
  const { region, config, clock } = world;
  const begunAt = clock.elapsedMs();
  const { replica, heard } = noting(world.replica);
  const overview = createOverview({ config, clock, replicas: [replica], lookLimitMs });
  await overview.refresh();
  const isRead = heard.failures.length === 0 && heard.pending === 0;
  const now = clock.now();
  const reports = isRead ? await readReports(world, overview, now) : undefined;
  const unread = sentencesOf(region, { isRead, hasReports: reports !== undefined, failures: heard.failures });
  const html = widgetHtml({
    readIn: region,
    now,
    tookMs: clock.elapsedMs() - begunAt,
    status: overview.status(),
    isRead,
    unread,
    reports: reports ?? new Map(),
    announcements: overview.announcements(),
    channels: config.channels,
    beatIntervalMs: config.beatIntervalMs,
    runbookUrl: config.runbookUrl,
    theme: event.widgetContext?.theme === 'dark' ? 'dark' : 'light',
  } satisfies WidgetView);
  return { html, unread };
}

async function readReports({ clock }: WidgetWorld, overview: Overview, now: Instant): Promise<ReadonlyMap<string, ReportView> | undefined> {
  const monitors = shownMonitors(overview.status()).map(({ id }) => id);
  const outcome = await within(clock, reportLimitMs, overview.reports({ from: instant(now - day), to: now, monitors }));
  return outcome.kind === 'done' ? new Map(outcome.value.reports.map((report) => [report.monitor, report])) : undefined;
}

interface Heard {
  readonly failures: string[];
  /** Calls that have not ended. */
  pending: number;
}

/** An overview skips what does not answer. Whoever looks at it must know. */
function noting(replica: Replica): { readonly replica: Replica; readonly heard: Heard } {
  const heard: Heard = { failures: [], pending: 0 };
  const noted = async <T>(call: Promise<T>): Promise<T> => {
    heard.pending += 1;
    try {
      return await call;
    } catch (error) {
      heard.failures.push(error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      heard.pending -= 1;
    }
  };
  const { get, query } = replica;
  return { heard, replica: { ...replica, get: (keys) => noted(get(keys)), query: (partition, from, to) => noted(query(partition, from, to)) } };
}

function sentencesOf(
  region: RegionId,
  read: { readonly isRead: boolean; readonly hasReports: boolean; readonly failures: readonly string[] },
): readonly string[] {
  const [first] = read.failures;
  const because = first === undefined ? '' : ` (${clipped(first, 160)})`;
  if (!read.isRead) return [`The table in ${region} did not answer in time${because}. What another region knows is in its own widget.`];
  if (!read.hasReports) return [`The last 24 hours could not be read in time${because}: look again in a moment.`];
  return read.failures.length === 0 ? [] : [`Not all of the last 24 hours could be read${because}: what is missing is drawn as not watched.`];
}
