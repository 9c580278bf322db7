/** What steps of a dialogue want of each other. */
import type { Fault, Path } from '../../mistakes';
import { isMap, type PlainMap, valueAt } from '../../plain-value';
import { captureFaults, stepsOf } from '../captures';
import type { Quarrel } from '../kind';
import { secretFaults, tlsOptionFaults } from '../tls-options';

export function tcpQuarrels(value: unknown, { written }: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  const ofSteps = stepsOf(value).flatMap((step, index) => wishFaults(step.starttls, { path: ['dialogue', index, 'starttls'], written }));
  return [...wishFaults(value.tls, { path: ['tls'], written }), ...captureFaults(value), ...starttlsFaults(stepsOf(value), isWish(value.tls)), ...ofSteps];
}

/** As below any `tls` that says whom we trust and who we are. */
function wishFaults(wish: unknown, { path, written }: { readonly path: Path; readonly written: unknown }): readonly Fault[] {
  const faults = [...secretFaults({ tls: valueAt(written, path) }, [['tls', 'key']]), ...tlsOptionFaults({ tls: wish })];
  return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path.slice(1)] }));
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
