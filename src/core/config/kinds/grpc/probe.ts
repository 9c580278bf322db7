/** How a grpc monitor is probed, as the prober reads it. */
import type { TlsOptions } from '../http/probe';

export interface GrpcProbe {
  readonly kind: 'grpc';
  /** With its port, if that is not the usual one. */
  readonly host: string;
  /** An address that is contacted in place of the host; everything else stays as it is for the host. */
  readonly connectTo?: string | undefined;
  /** Whose health is asked for; empty for the server as a whole. */
  readonly service: string;
  /** Whether HTTP/2 is spoken without TLS. */
  readonly isPlain?: true | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Names in lower case. */
  readonly metadata?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly expect: { readonly withinMs?: number | undefined };
}
