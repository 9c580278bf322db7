/** A TLS handshake that reads no more of certificates than somebody asks for. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { firstCertificate, wholeCertificate } from './first-certificate';

/**
 * To check a name, Node makes objects of every certificate that was sent and of the authorities above them: a tenth of what a handshake costs,
 * and more the longer the chain is. The names stand in the server's own, and they are all that is read of it here.
 */
export function readSparingly(socket: TLSSocket): void {
  Object.assign(socket, { getPeerCertificate: () => namesOf(socket) ?? wholeCertificate(socket) });
  socket.once('secureConnect', () => void Reflect.deleteProperty(socket, 'getPeerCertificate'));
}

/** What `tls.checkServerIdentity` reads of a certificate that names hosts; of one that names none it reads the subject. */
function namesOf(socket: TLSSocket): Pick<PeerCertificate, 'subjectaltname'> | undefined {
  const subjectaltname = firstCertificate(socket)?.subjectAltName;
  return subjectaltname?.includes('DNS:') ? { subjectaltname } : undefined;
}
