/** Times and reasons, as they stand in text for people. */
import { instant } from '../../src/core/basics/brand';
import { ageText, second, utcTime } from '../../src/core/basics/time';
import type { ReasonView } from '../../src/core/why/why-view';

/** `2026-11-21 04:02:00 UTC` */
export const timeText = (iso: string): string => utcTime(instant(Date.parse(iso)));
/** `04:02:00` */
export const clockText = (iso: string): string => iso.slice(11, 19);
export const spanText = (from: string, to: string): string => ageText(Date.parse(to) - Date.parse(from));
/** Just now is an age too. */
export const agoText = (ms: number | null): string => (ms === null ? 'never' : ms < second ? 'just now' : `${ageText(ms)} ago`);
/** A reason that is a sentence already is not said twice. */
export const reasonText = ({ reason, why }: ReasonView): string => (why === '' || why === reason ? reason : `${reason} (${why})`);
