/** How a tcp monitor is probed, as the prober reads it. */
import type { TlsOptions } from '../http/probe';

export interface TcpProbe {
  readonly kind: 'tcp';
  /** With its port. */
  readonly host: string;
  /** An address that is contacted in place of the host; everything else stays as it is for the host. */
  readonly connectTo?: string | undefined;
  /** TLS from the first byte. */
  readonly tls?: TlsWish | undefined;
  readonly newline: Newline;
  readonly dialogue: readonly TcpStep[];
  readonly expect: { readonly withinMs?: number | undefined };
}

export interface TlsWish extends Pick<TlsOptions, 'ca' | 'certificate' | 'key' | 'insecure'> {
  /** The name that is asked for and that the certificate must be for, where it is not the host. */
  readonly name?: string | undefined;
}

/** What ends a line that is sent. `none`: what comes is not cut into lines either. */
export type Newline = 'crlf' | 'lf' | 'none';

export type TcpStep =
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'send-hex'; readonly hex: string }
  /** `shown` is the pattern as it was written, with references as references. */
  | { readonly kind: 'expect'; readonly pattern: string; readonly shown: string }
  | { readonly kind: 'expect-hex'; readonly hex: string }
  | { readonly kind: 'starttls'; readonly tls: TlsWish };
