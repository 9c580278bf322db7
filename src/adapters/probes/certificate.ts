/** What is wrong with the certificate that a server showed. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { Failure } from './failure';
import { wholeCertificate } from './first-certificate';

/** `socket` has done its handshake and is not authorized for `host`. */
export function certificateFailure(socket: TLSSocket, host: string): Failure {
  const code = String(socket.authorizationError ?? 'unknown');
  const certificate = wholeCertificate(socket);
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { reason: 'tls-expired', detail: `the certificate of ${host} expired on ${certificate.valid_to} (${code})` };
    case 'CERT_NOT_YET_VALID':
      return { reason: 'tls-expired', detail: `the certificate of ${host} is not valid before ${certificate.valid_from} (${code})` };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { reason: 'tls-name', detail: `the certificate is for ${namesOf(certificate)}, not for ${host} (${code})` };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return { reason: 'tls-untrusted', detail: `the certificate of ${host} is signed by itself and not by a known authority (${code})` };
    default:
      return { reason: 'tls-untrusted', detail: `the certificate of ${host} leads to no known authority (${code})` };
  }
}

function namesOf(certificate: Partial<PeerCertificate>): string {
  const subject = certificate.subject?.CN;
  const names = certificate.subjectaltname ?? (subject === undefined ? 'nobody' : String(subject));
  return names.replaceAll('DNS:', '').replaceAll('IP Address:', '').slice(0, 120);
}
