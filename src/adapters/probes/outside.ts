/** The switch outside, asked as a monitor is probed: under the same rules of where a request may lead. */
import type { Attempt } from '../../core/observation';
import type { Outside } from '../../engine/ports';
import { probeHttp } from './http/http-probe';
import { meansOf, type ProberOptions } from './means';

export function createOutside(options: ProberOptions): Outside {
  const means = meansOf(options);
  return {
    async ping(url, timeoutMs) {
      try {
        const attempt = await probeHttp({ kind: 'http', url, expect: { status: [[200, 299]] } }, timeoutMs, means);
        return attempt.reason === 'ok' ? { kind: 'taken' } : { kind: 'failed', reason: reasonOf(attempt) };
      } catch {
        return { kind: 'failed', reason: 'the ping itself failed' };
      }
    },
  };
}

/** A body, or where a redirect points to, may repeat the address. */
const reasonOf = ({ reason, detail }: Attempt): string => `${reason}: ${reason === 'status' ? detail.split(/ \(|: /, 1)[0] : detail}`;
