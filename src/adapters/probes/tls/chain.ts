/** The certificates that a server sent, and the chain by which they are trusted. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { firstCertificate } from '../first-certificate';

/** More are sent by nobody. */
const sentMax = 20;

/** In the order in which they were sent, the server's own first. */
export function sentBy(socket: TLSSocket): readonly X509Certificate[] {
  const sent: X509Certificate[] = [];
  let next = firstCertificate(socket);
  while (next !== undefined && sent.length < sentMax) {
    sent.push(next);
    next = next.issuerCertificate;
  }
  return sent;
}

/**
 * The chain from the server's own certificate through those that it sent to an authority, both ends included: of several, the one that lasts longest.
 * Empty where no authority is known, as with a chain that was not verified.
 */
export function verifiedChain(sent: readonly X509Certificate[], authorities: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let last = sent[0];
  while (last !== undefined && !chain.includes(last)) {
    chain.push(last);
    const held = last;
    if (authorities.some((authority) => authority.fingerprint256 === held.fingerprint256)) return chain;
    const authority = issuerIn(authorities, held);
    if (authority !== undefined) return [...chain, authority];
    last = issuerIn(
      sent.filter((candidate) => !chain.includes(candidate)),
      held,
    );
  }
  return [];
}

/** Authorities renew their certificates and keep their keys: of those that could have issued it, the one that ends last. */
const issuerIn = (candidates: readonly X509Certificate[], issued: X509Certificate): X509Certificate | undefined =>
  candidates.filter((candidate) => isIssuer(candidate, issued)).toSorted((a, b) => Date.parse(b.validTo) - Date.parse(a.validTo))[0];

const isIssuer = (issuer: X509Certificate, issued: X509Certificate): boolean =>
  issuer.subject === issued.issuer && issued.checkIssued(issuer) && issued.verify(issuer.publicKey);

/** Of those that the PEM texts hold; made when first asked for. */
export function certificatesIn(pems: readonly string[]): readonly X509Certificate[] {
  const blocks = pems.flatMap((pem) => pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
  return blocks.map((pem) => new X509Certificate(pem));
}
