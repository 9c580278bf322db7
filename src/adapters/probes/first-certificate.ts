/** The server's own certificate, from which those lead on that it sent with it. */
import type { X509Certificate } from 'node:crypto';
import type { PeerCertificate, TLSSocket } from 'node:tls';

const read = new WeakMap<TLSSocket, X509Certificate>();

/** `socket` has done its handshake. Node takes the chain out of the session when it is asked, and has none for whoever asks next: so it is asked once. */
export function firstCertificate(socket: TLSSocket): X509Certificate | undefined {
  const certificate = read.get(socket) ?? socket.getPeerX509Certificate();
  if (certificate !== undefined) read.set(socket, certificate);
  return certificate;
}

/** The server's own certificate, as an object of texts; empty where it showed none. `socket` has done its handshake. */
export const wholeCertificate = (socket: TLSSocket): Partial<PeerCertificate> => firstCertificate(socket)?.toLegacyObject() ?? {};
