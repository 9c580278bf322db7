/** The certificate that a server showed, as a person reads it. */
import type { TLSSocket } from 'node:tls';
import { daysText, daysUntil } from './days-left';
import { wholeCertificate } from './first-certificate';
import type { Finding } from './means';

/** `socket` has done its handshake. Nothing is judged here. */
export function shownCertificate(socket: TLSSocket): readonly Finding[] {
  const { subject, issuer, valid_to: validTo } = wholeCertificate(socket);
  if (validTo === undefined) return [];
  const daysLeft = daysText(daysUntil(Date.parse(validTo), Date.now()));
  return [
    { what: 'certificate of', seen: nameIn(subject) },
    { what: 'issued by', seen: nameIn(issuer) },
    { what: 'days left', seen: `${daysLeft}, until ${validTo}` },
    { what: 'TLS version', seen: socket.getProtocol() ?? 'unknown' },
  ];
}

/** Authorities have an organization, servers have a name. */
function nameIn(holder: Partial<Readonly<Record<'O' | 'CN', string | string[]>>> | undefined): string {
  const [name, organization] = [holder?.CN, holder?.O].map((part) => (part === undefined ? undefined : [part].flat().join(', ')));
  return name === undefined ? (organization ?? 'nobody') : organization === undefined ? name : `${name} (${organization})`;
}
