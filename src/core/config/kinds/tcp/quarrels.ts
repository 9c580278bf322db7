/** What steps of a dialogue want of each other. */
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap } from '../../plain-value';
import { captureFaults, stepsOf } from '../captures';

export function dialogueQuarrels(value: unknown): readonly Fault[] {
  return isMap(value) ? [...captureFaults(value), ...starttlsFaults(stepsOf(value), isWish(value.tls))] : [];
}

const isWish = (tls: unknown): boolean => tls === true || isMap(tls);

function starttlsFaults(steps: readonly PlainMap[], isSecure: boolean): readonly Fault[] {
  let begun = isSecure;
  return steps.flatMap(({ starttls }, index): Fault[] => {
    if (!isWish(starttls)) return [];
    const isSecond = begun;
    begun = true;
    return isSecond ? [{ path: ['dialogue', index, 'starttls'], problem: 'TLS has begun before', advice: 'remove it, or `tls` above' }] : [];
  });
}
