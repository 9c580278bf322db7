/** The public key of a certificate, as it is pinned. */
import { createHash, type X509Certificate } from 'node:crypto';

/** SHA-256 of the key (SPKI) in base64. */
export const pinOf = (certificate: X509Certificate): string =>
  createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
