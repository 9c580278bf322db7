/** Kills a region as a power cut would, and measures how long the others take to say so. */
import { minute } from '../../src/core/basics/time';
import type { AnnouncementView } from '../../src/core/views';
import type { KillLimits, KillRequest } from './kill-request';
import { killWitness } from './kill-witness';
import { type DrillOnLine, DrillRefused, type LocalView } from './local-api';
import { announcementJson, msBetween, type Outcome, secondsText } from './outcome';
import { lookUntil } from './patience';
import { regionNamed } from './region-named';
import { watchWords } from './watch-words';

/** Throws DrillRefused when the drill cannot begin. */
export async function killDrill(request: KillRequest): Promise<Outcome> {
  const { api, region, say } = request;
  const local = await api.local();
  const { role } = regionNamed(local, region);
  const limits: KillLimits = { boundMs: boundMsOf(local), resolvedMs: 90_000, witnessMs: 20_000, ...request.limits };
  if (role === 'witness') return killWitness({ ...request, limits });
  await refuseWhatWouldHideIt(request, local);
  const drill = await api.beginDrill({ kind: 'kill', region });
  say(`${region} is killed; the others have ${secondsText(limits.boundMs)} to tell it`);
  const told = await waitFor(request, drill, { forMs: limits.boundMs, kind: 'opened', since: drill.begunAt });
  say(told === undefined ? 'nobody told it in time; bringing it back' : `told by ${told.region}; bringing it back`);
  const undone = await drill.undo();
  const resolved = told === undefined ? undefined : await waitFor(request, undefined, { forMs: limits.resolvedMs, kind: 'resolved', since: undone.at });
  return outcome({ region, boundMs: limits.boundMs, begunAt: drill.begunAt, told, undone, resolved });
}

/** What is tolerated, and then the time to be sure and to speak; beats of a minute say everything a minute later. */
function boundMsOf({ tolerateMs, beatIntervalMs }: LocalView): number {
  return tolerateMs + (beatIntervalMs < minute ? minute : 2 * minute);
}

async function refuseWhatWouldHideIt({ api, region }: KillRequest, { regions }: LocalView): Promise<void> {
  if (regions.length === 1) throw new DrillRefused(`there is no other region that could tell of ${region}`);
  const open = (await api.status()).incidents.find(({ subject, family, state }) => subject === subjectOf(region) && family === 'watch' && state === 'open');
  if (open !== undefined)
    throw new DrillRefused(`an incident about ${open.subject} is open since ${open.openedAt}, so nothing new would be told; wait until it is resolved`);
}

interface Wanted {
  readonly forMs: number;
  readonly kind: AnnouncementView['kind'];
  /** ISO time. */
  readonly since: string;
}

const never = new Promise<never>(() => undefined);

function waitFor({ api, region, pace, say }: KillRequest, drill: DrillOnLine | undefined, wanted: Wanted): Promise<AnnouncementView | undefined> {
  return lookUntil({
    pace,
    forMs: wanted.forMs,
    lost: drill?.lost ?? never,
    look: async () => (await api.announcements()).filter((announcement) => isWanted(announcement, region, wanted)).at(-1),
    onWait: async (waitedMs) => say(`${secondsText(waitedMs)}: ${watchWords(await api.status(), region)}`),
  });
}

/** A region that was killed cannot be the one that tells it. */
function isWanted({ subject, kind, at, region: speaker }: AnnouncementView, region: string, wanted: Wanted): boolean {
  return subject === subjectOf(region) && kind === wanted.kind && at >= wanted.since && (kind !== 'opened' || speaker !== region);
}

const subjectOf = (region: string): string => `prober:${region}`;

interface Course {
  readonly region: string;
  readonly boundMs: number;
  readonly begunAt: string;
  readonly told: AnnouncementView | undefined;
  readonly undone: { readonly at: string; readonly event: string; readonly problem?: string };
  readonly resolved: AnnouncementView | undefined;
}

function outcome({ region, boundMs, begunAt, told, undone, resolved }: Course): Outcome {
  const afterMs = told === undefined ? null : msBetween(begunAt, told.at);
  const isInTime = afterMs !== null && afterMs <= boundMs;
  const isBack = undone.event === 'undone';
  const resolvedAfterMs = resolved === undefined ? null : msBetween(undone.at, resolved.at);
  const toldLine =
    told === undefined || afterMs === null
      ? `nobody told of ${region} within ${secondsText(boundMs)}`
      : `${told.region} told of ${region} after ${secondsText(afterMs)} (bound ${secondsText(boundMs)}): ${told.text}`;
  const backLine = isBack ? `${region} runs again` : `${region} is still dark: ${undone.problem}`;
  const resolvedLine = resolvedAfterMs === null ? 'it was not told that it is over' : `that it is over was told ${secondsText(resolvedAfterMs)} later`;
  return {
    exitCode: isInTime && isBack ? 0 : 1,
    lines: [toldLine, told === undefined ? backLine : `${backLine}; ${resolvedLine}`],
    json: {
      drill: 'kill',
      region,
      told: told !== undefined,
      by: told?.region ?? null,
      afterMs,
      boundMs,
      begunAt,
      undoneAt: isBack ? undone.at : null,
      resolvedAfterMs,
      announcement: told === undefined ? null : announcementJson(told),
    },
  };
}
