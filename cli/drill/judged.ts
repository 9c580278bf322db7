/** From the course of a drill to what came of it. */
import type { LocalView } from './local-api';
import { announcementJson, msBetween, type Outcome, type OutcomeJson, secondsText } from './outcome';
import type { Plan, ToBeTold } from './plan';
import type { Course } from './run-plan';

export function judged(course: Course, { promises }: Pick<LocalView, 'promises'>): Outcome {
  const { plan, undone, told, resolved } = course;
  const isBack = undone.event === 'undone';
  const { expects } = plan;
  const afterMs = expects.kind === 'told' ? afterMsOf(course, expects) : null;
  const resolvedAfterMs = resolved?.receipt ? msBetween(undone.at, resolved.receipt.at) : null;
  const isResolved = told === undefined || (resolvedAfterMs !== null && resolvedAfterMs <= promises.healedMs);
  const isRight = expects.kind === 'told' ? isToldInTime(course, expects, afterMs) && isResolved : course.opened.length === 0;
  const json: OutcomeJson = {
    drill: plan.drill,
    on: plan.on,
    ok: isRight && isBack,
    expected: expects.kind,
    told: told !== undefined,
    by: told?.region ?? null,
    text: told?.text ?? null,
    afterMs,
    countedFrom: expects.kind === 'told' && expects.lastRound !== undefined ? 'last-round' : 'fault',
    boundMs: expects.kind === 'told' ? expects.boundMs : null,
    forMs: msBetween(course.begunAt, undone.at),
    resolvedAfterMs,
    resolvedBoundMs: told === undefined ? null : promises.healedMs,
    begunAt: course.begunAt,
    undoneAt: isBack ? undone.at : null,
    opened: course.opened.map(announcementJson),
    states: course.listener.states.all(),
  };
  const back = isBack ? 'undone' : `NOT UNDONE: ${undone.problem}`;
  return { exitCode: json.ok ? 0 : 1, json, lines: [...linesOf(course, json), back, ...course.listener.states.lines()] };
}

function afterMsOf({ told, begunAt, lastRoundAt }: Course, { lastRound }: ToBeTold): number | null {
  if (!told?.receipt) return null;
  const from = lastRound !== undefined && lastRoundAt !== undefined && lastRoundAt > begunAt ? lastRoundAt : begunAt;
  return msBetween(from, told.receipt.at);
}

/** What ended before it had to be told need not have been. */
function isToldInTime({ begunAt, undone }: Course, { boundMs, lastRound }: ToBeTold, afterMs: number | null): boolean {
  if (afterMs !== null) return afterMs <= boundMs;
  return msBetween(begunAt, undone.at) < boundMs + (lastRound?.withinMs ?? 0);
}

function linesOf({ plan, told, opened }: Course, json: OutcomeJson): readonly string[] {
  const others = opened.filter(({ incident }) => incident !== told?.incident).map(({ region, text }) => `also told by ${region}: ${text}`);
  return [...(plan.expects.kind === 'quiet' ? quietLines(plan, json) : toldLines(plan, json)), ...others];
}

function quietLines({ does }: Plan, { opened, forMs }: OutcomeJson): readonly string[] {
  const woken = opened.length === 0 ? 'nobody was woken' : `${opened.length === 1 ? '1 incident was' : `${opened.length} incidents were`} announced`;
  return [`${woken}: ${does}, for ${secondsText(forMs)}`];
}

function toldLines(
  { does, expects }: Plan,
  { by, text, afterMs, boundMs, forMs, countedFrom, resolvedAfterMs, resolvedBoundMs }: OutcomeJson,
): readonly string[] {
  if (afterMs === null || expects.kind !== 'told') {
    const isShort = forMs < (boundMs ?? 0) ? '; it was over before it had to be told' : '';
    return [`nobody told it within ${secondsText(forMs)} (bound ${secondsText(boundMs ?? 0)})${isShort}: ${does}`];
  }
  const since = countedFrom === 'fault' ? '' : ' after its last round';
  const late = afterMs > (boundMs ?? 0) ? 'TOO LATE, ' : '';
  const over =
    resolvedAfterMs === null
      ? 'that it is over was NOT told'
      : `that it is over was told ${secondsText(resolvedAfterMs)} after the undoing (bound ${secondsText(resolvedBoundMs ?? 0)})`;
  return [`${by} told it ${secondsText(afterMs)}${since} (${late}bound ${secondsText(boundMs ?? 0)}): ${text}`, over];
}
