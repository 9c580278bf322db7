/** TLS with a name server, as the file says how it is spoken. */
import type { TLSSocket } from 'node:tls';
import type { TlsOptions } from '../../../core/config/kinds/http/probe';
import { secure } from '../connection';
import type { Failure } from '../failure';
import { contextOf, judgedOf } from '../own-context';
import type { Reached } from '../reach';
import type { Trying } from '../trying';

interface Wish {
  /** The name of the server in the file. */
  readonly host: string;
  readonly tls: TlsOptions | undefined;
  readonly protocols: readonly string[];
}

export function secured({ socket, at }: Reached, { host, tls, protocols }: Wish, { course, means }: Trying): Promise<TLSSocket | Failure> {
  const context = { secureContext: contextOf(tls, means), certificate: judgedOf(tls), tell: means.tell };
  return secure(socket, tls?.serverName ?? host, { course, at, protocols, ...context });
}
