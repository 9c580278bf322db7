/** Times of a story: how long after its beginning something happens, written `00:03:00`. */
import { hour, minute, second } from '../../src/core/basics/time';

/** `at('00:03:00')`, in milliseconds since the beginning. */
export function at(time: string): number {
  const parts = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(time);
  if (parts === null) throw new Error(`"${time}" is no time of a story: write hours, minutes and seconds, such as 00:03:00`);
  return Number(parts[1]) * hour + Number(parts[2]) * minute + Number(parts[3] ?? 0) * second;
}

export function timeOfStory(elapsedMs: number): string {
  const whole = Math.floor(elapsedMs / second);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
