/** This region's own inbox, called as a monitor calls it. */
import type { OwnInbox } from '../../engine/ports';
import { probeHttp } from './http/http-probe';
import { meansOf, type ProberOptions } from './means';

export interface OwnInboxOptions extends Pick<ProberOptions, 'region' | 'version'> {
  /** Undefined where there is none. */
  readonly url: string | undefined;
}

export function createOwnInbox({ region, version, url }: OwnInboxOptions): OwnInbox {
  const means = meansOf({ region, version, allowPrivate: true });
  return {
    async takes(token, timeoutMs) {
      if (url === undefined) return false;
      try {
        const attempt = await probeHttp({ kind: 'http', url: `${url}ping/${token}/canary`, expect: { status: [[200, 200]] } }, timeoutMs, means);
        return attempt.reason === 'ok';
      } catch {
        return false;
      }
    },
  };
}
