/** A2: what lasts is said again half an hour and an hour after it began, and then every four hours; at the end of a quiet besides, and at no other time. */
import { hour, minute } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import type { Checker, Evidence } from './evidence';
import { harmedTimes } from './harm';

export const reminders: Checker = (evidence) =>
  evidence.history.announced.flatMap((one) =>
    one.kind !== 'reminder' || isOnGrid(one) || isAfterQuiet(one, evidence)
      ? []
      : [{ promise: 'A2', at: one.at, what: `"${one.headline}" is no time at which anything is said again` }],
  );

/** A ticket once a day. */
function isOnGrid({ minutes = 0, severity }: Announced): boolean {
  const ms = minutes * minute;
  if (severity === 'ticket') return ms > 0 && ms % (24 * hour) === 0;
  return ms === hour / 2 || ms === hour || (ms > hour && (ms - hour) % (4 * hour) === 0);
}

/** A quiet ends when the clock of whoever speaks says so. */
const isAfterQuiet = ({ subject, sender, at }: Announced, { harms }: Evidence): boolean =>
  harms.some(
    (harm) =>
      harm.takes === 'voice' && harm.monitors.some((id) => id === subject) && (at >= harm.ends - minute || harmedTimes(harms, sender, ['clock']).length > 0),
  );
