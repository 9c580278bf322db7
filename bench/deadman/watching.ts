/** Who looks when, in the cadence of the engine: short beats are looked at every 5 s; else at each tick, and every 5 s while something is pending. */
import { minute, second } from '../../src/core/basics/time';
import type { WatchState } from '../../src/core/watch';
import type { Episode } from './episode';
import { type Look, Observer } from './observer';

export interface Page {
  readonly at: number;
  readonly look: Look;
  readonly by: Observer;
}

const lookMs = 5 * second;
/** These wake somebody at once; a lost link and a stuck replication accuse nobody. */
const paging: readonly WatchState[] = ['silent', 'hung', 'stopped', 'store-down', 'alone'];
const pending: readonly WatchState[] = ['late', 'link-lost', 'replication-stuck'];
/** How long an invocation may go on looking: until two looks before it is killed. */
const staysMs = { prober: 45 * second, watchdog: 40 * second } as const;

interface Turn {
  at: number;
  readonly observer: Observer;
  readonly which: number;
  minute: number;
  beganAt: number;
}

/** The first page between two times, if there is one; looks begin before, at `from`, so that the detectors know what is usual. */
export function firstPage(
  episode: Episode,
  { from, judgedFrom, to }: { readonly from: number; readonly judgedFrom: number; readonly to: number },
): Page | undefined {
  const turns = episode.world.scale.cycleMs < minute ? loopingTurns(episode, from) : minuteTurns(episode, from);
  const observers = turns.map(({ observer }) => observer);
  for (;;) {
    const turn = turns.reduce((first, other) => (other.at < first.at ? other : first));
    if (turn.at > to) return undefined;
    const look = turn.observer.look(turn.at, observers);
    if (paging.includes(look.state) && look.endedAt >= judgedFrom) return { at: look.endedAt, look, by: turn.observer };
    goOn(episode, turn, look);
  }
}

function goOn(episode: Episode, turn: Turn, look: Look): void {
  if (episode.world.scale.cycleMs < minute) {
    turn.at = Math.max(look.beganAt + lookMs, look.endedAt);
    return;
  }
  const again = look.endedAt + lookMs;
  if (pending.includes(look.state) && again - turn.beganAt < staysMs[turn.observer.role]) turn.at = again;
  else nextTick(episode, turn, look.endedAt);
}

function loopingTurns(episode: Episode, from: number): Turn[] {
  const draws = episode.world.crashDraws(Math.floor(from));
  return (['B', 'W'] as const).map((region, which) => ({
    at: from + draws.unit() * lookMs,
    observer: new Observer(region, 'watchdog', episode),
    which,
    minute: 0,
    beganAt: from,
  }));
}

function minuteTurns(episode: Episode, from: number): Turn[] {
  const functions = [new Observer('B', 'prober', episode), new Observer('B', 'watchdog', episode), new Observer('W', 'watchdog', episode)];
  return functions.map((observer, which) => {
    const turn: Turn = { at: from, observer, which, minute: Math.floor(from / minute), beganAt: from };
    nextTick(episode, turn, from);
    return turn;
  });
}

/** A prober looks once its round is over; a watchdog half a minute after the tick. A missed tick is a look that is not made. */
function nextTick(episode: Episode, turn: Turn, after: number): void {
  const delayMs = turn.observer.role === 'prober' ? 1200 : 30 * second;
  for (;;) {
    turn.minute += 1;
    const at = episode.world.observerTickAt(turn.which, turn.minute) + delayMs;
    if (at === Number.POSITIVE_INFINITY) continue;
    turn.at = Math.max(at, after);
    turn.beganAt = at;
    return;
  }
}
