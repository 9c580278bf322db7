/** What brings a function its turn: the schedule itself, a queue that held the turn back for a while, or somebody who asks. */
import { instant } from '../../core/basics/brand';
import { isoTime, parseTime, second } from '../../core/basics/time';
import type { WatchdogEvent } from '../../engine/invocation';

/** The time of a turn is when it was meant to run, the delay included; where nothing readable says so it is absent. */
export function turnOf(event: unknown): WatchdogEvent {
  const { scheduledTime, delaySeconds, landing, prove } = fieldsOf(queuedIn(event) ?? event);
  const at = typeof scheduledTime === 'string' ? parseTime(scheduledTime) : undefined;
  const delayMs = typeof delaySeconds === 'number' ? delaySeconds * second : 0;
  return {
    scheduledTime: at === undefined ? undefined : isoTime(instant(at + delayMs)),
    ...(landing === undefined ? {} : { landing }),
    ...(prove === undefined ? {} : { prove }),
  };
}

/** The body of the one message that a queue brings, `{}` where it is not JSON; undefined where no queue brought this. */
function queuedIn(event: unknown): unknown {
  const { Records: records } = fieldsOf(event);
  if (!Array.isArray(records)) return undefined;
  try {
    return JSON.parse(String(fieldsOf(records[0]).body));
  } catch {
    return {};
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
