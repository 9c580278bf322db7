/** Who shook hands, by the public key that was shown. */
import type { TLSSocket } from 'node:tls';
import type { Identity } from '../../../core/config/kinds/identity/probe';
import { firstCertificate } from '../first-certificate';
import { pinOf } from '../pin';
import { type Answerer, answererOf } from './answerer';

/** `socket` has done its handshake, which nobody can do who has not the key. */
export function answererByKey(socket: TLSSocket, identity: Identity): Answerer {
  const certificate = firstCertificate(socket);
  return certificate === undefined ? { kind: 'unproven', why: 'the server showed no certificate' } : answererOf(pinOf(certificate), identity);
}
