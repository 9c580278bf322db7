/** A TLS handshake that reads no more of certificates than somebody asks for. */
import type { TLSSocket } from 'node:tls';

/**
 * To check a name, Node makes objects of every certificate that was sent and of the authorities above them: a tenth of what a handshake costs,
 * and more the longer the chain is. The names stand in the server's own.
 */
export function readSparingly(socket: TLSSocket): void {
  const read = socket.getPeerCertificate.bind(socket);
  Object.assign(socket, { getPeerCertificate: () => read(false) });
  socket.once('secureConnect', () => void Reflect.deleteProperty(socket, 'getPeerCertificate'));
}
