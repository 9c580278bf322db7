/** The TLS context of a monitor that has authorities or a certificate of its own. */
import { createSecureContext, type SecureContext } from 'node:tls';
import type { TlsOptions } from '../../core/config/kinds/http/probe';
import type { Means } from './means';

/** Reading authorities is dear: once for each monitor that has its own. */
const contexts = new WeakMap<TlsOptions, SecureContext>();

/** `usual`: of whoever has none of its own. */
export function contextOf(tls: TlsOptions | undefined, means: Means, usual = means.secureContext): SecureContext {
  if (tls === undefined || (tls.ca === undefined && tls.certificate === undefined)) return usual();
  let context = contexts.get(tls);
  if (context === undefined) {
    context = createSecureContext({ ca: tls.ca ?? means.trusted, cert: tls.certificate, key: tls.key });
    contexts.set(tls, context);
  }
  return context;
}

/** Whether the certificate of the other side must be good. */
export const judgedOf = (tls: TlsOptions | undefined): 'judged' | 'shown' => (tls?.insecure === true ? 'shown' : 'judged');
