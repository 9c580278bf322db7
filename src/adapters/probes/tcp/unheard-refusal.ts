/** A refusal of our certificate that no step of a dialogue would hear. */
import type { TLSSocket } from 'node:tls';
import type { TcpStep, TlsWish } from '../../../core/config/kinds/tcp/probe';
import type { Failure } from '../failure';
import { refusalOf } from '../our-certificate';
import type { Trying } from '../trying';

interface Next {
  /** The steps that follow the handshake. */
  readonly next: readonly TcpStep[];
  readonly trying: Trying;
}

export async function unheardRefusal(socket: TLSSocket, { certificate }: TlsWish, { next, trying }: Next): Promise<Failure | undefined> {
  if (next.some(({ kind }) => kind === 'expect' || kind === 'expect-hex')) return undefined;
  return refusalOf(socket, { course: trying.course, isGiven: certificate !== undefined, tell: trying.means.tell });
}
