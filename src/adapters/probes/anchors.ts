/** Whether the world still answers: an anchor need not be well, it need only be there. */
import type { Attempt, Reason } from '../../core/observation';
import type { Anchors } from '../../engine/ports';
import { probeHttp } from './http/http-probe';
import { meansOf, type ProberOptions } from './means';

/** Something at the other end spoke HTTP, or showed a certificate. A bare TCP handshake, or its refusal, may come from a box on the way. */
const spoke: readonly Reason[] = ['ok', 'transfer-timeout', 'protocol', 'too-large', 'tls-expired', 'tls-name', 'tls-untrusted'];
/** After a handshake that was done, even silence comes from the anchor. */
const spokeSecurely: readonly Reason[] = [...spoke, 'first-byte-timeout', 'closed-early'];

export function createAnchors(options: ProberOptions): Anchors {
  const means = meansOf(options);
  return {
    async answers(url, timeoutMs) {
      try {
        const attempt = await probeHttp({ kind: 'http', url, expect: { status: [[100, 999]] } }, timeoutMs, means);
        return hasSpoken(attempt, url.startsWith('https:'));
      } catch {
        return false;
      }
    },
  };
}

const hasSpoken = ({ reason }: Attempt, isSecure: boolean): boolean => (isSecure ? spokeSecurely : spoke).includes(reason);
