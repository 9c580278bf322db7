/** Runs a drill from its beginning to the end that is told, whatever is expected of it. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { AnnouncementView } from '../../src/core/views';
import { CannotAsk } from '../local-http';
import { waitForCalm } from './calm';
import type { Driving } from './driving';
import { Listener } from './listener';
import { type DrillLine, DrillLost, type DrillOnLine } from './local-api';
import { secondsText } from './outcome';
import { lookUntil } from './patience';
import type { Plan, ToBeTold } from './plan';

/** Everything that is known of a drill when it is over. */
export interface Course {
  readonly plan: Plan;
  readonly begunAt: string;
  readonly undone: DrillLine;
  readonly told: AnnouncementView | undefined;
  readonly resolved: AnnouncementView | undefined;
  /** ISO time of the last round that was seen of the region whose rounds count. */
  readonly lastRoundAt: string | undefined;
  readonly listener: Listener;
  /** Everything that was opened, once each. */
  readonly opened: readonly AnnouncementView[];
}

/** Throws DrillRefused when it cannot begin, and DrillLost when it ends before its end. */
export async function runPlan(plan: Plan, driving: Driving): Promise<Course> {
  await waitForCalm(driving);
  const drill = await driving.api.beginDrill(plan.order);
  driving.onBegun(drill);
  try {
    return await drive(plan, drill, driving);
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    // Its own connection may be about to tell the reason.
    await Promise.race([drill.lost, sleep(lastWordsMs)]);
    throw new DrillLost(`${error.message}; the drill is undone without this command, and shows nothing`);
  }
}

const lastWordsMs = 2000;

async function drive(plan: Plan, drill: DrillOnLine, driving: Driving): Promise<Course> {
  const { api, local, say } = driving;
  const listener = new Listener(api, plan, drill.begunAt);
  say(`${plan.does}; ${expectationText(plan)} (tolerated: ${secondsText(local.tolerateMs)})`);
  const told = await hold(plan, drill, { driving, listener });
  // The rounds that come after the undoing are no last ones.
  const { lastRoundAt } = listener;
  const undone = await drill.undo();
  say(undone.event === 'undone' ? 'undone' : `not undone: ${undone.problem}`);
  const resolved = told === undefined ? await listenOn(driving, listener) : await waitForEnd(driving, listener, undone.at);
  return { plan, begunAt: drill.begunAt, undone, told, resolved, lastRoundAt, listener, opened: await listener.opened() };
}

function expectationText({ expects }: Plan): string {
  if (expects.kind === 'quiet') return `for ${secondsText(expects.forMs)}, and nobody may be woken`;
  const from = expects.lastRound === undefined ? '' : ` after its last round, which comes within ${secondsText(expects.lastRound.withinMs)}`;
  return `within ${secondsText(expects.boundMs)}${from} the others must tell it`;
}

interface With {
  readonly driving: Driving;
  readonly listener: Listener;
}

/** Until it is told, or for as long as the fault shall last. */
async function hold({ expects }: Plan, drill: DrillOnLine, { driving, listener }: With): Promise<AnnouncementView | undefined> {
  const { pace, say, lateMs } = driving;
  const isFixed = expects.kind === 'quiet' || expects.forMs !== undefined;
  const forMs = expects.kind === 'quiet' ? expects.forMs : (expects.forMs ?? longestMs(expects) + lateMs);
  let told: AnnouncementView | undefined;
  await lookUntil({
    pace,
    forMs,
    lost: drill.lost,
    look: async () => {
      told ??= await listener.told();
      return isFixed ? undefined : told;
    },
    onWait: (waitedMs) => say(`${secondsText(waitedMs)}: ${listener.latest()}`),
  });
  if (told !== undefined) say(`told by ${told.region}: ${told.text}`);
  return told;
}

const longestMs = ({ boundMs, lastRound }: ToBeTold): number => boundMs + (lastRound?.withinMs ?? 0);

const never = new Promise<never>(() => undefined);

/** What comes a little after the fault was undone counts, too. */
async function listenOn({ pace, say, afterMs }: Driving, listener: Listener): Promise<undefined> {
  const onWait = (waitedMs: number): void => say(`${secondsText(waitedMs)} after it: ${listener.latest()}`);
  return lookUntil({ pace, forMs: afterMs, lost: never, look: async () => void (await listener.told()), onWait });
}

function waitForEnd({ pace, say, local, lateMs }: Driving, listener: Listener, since: string): Promise<AnnouncementView | undefined> {
  return lookUntil({
    pace,
    forMs: local.promises.healedMs + lateMs,
    lost: never,
    look: () => listener.resolved(since),
    onWait: (waitedMs) => say(`${secondsText(waitedMs)} after it: ${listener.latest()}`),
  });
}
