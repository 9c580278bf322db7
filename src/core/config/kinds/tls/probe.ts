/** How a tls monitor is probed, as the prober reads it. */
import type { NumberRule } from '../../conditions';
import type { TlsOptions } from '../http/probe';
import type { Identity } from '../identity/probe';

export interface TlsProbe {
  readonly kind: 'tls';
  /** With its port, if that is not the usual one. */
  readonly host: string;
  /** An address that is contacted in place of the host; everything else stays as it is for the host. */
  readonly connectTo?: string | undefined;
  /** The name that is asked for and that the certificate must be for, where it is not the host. */
  readonly name?: string | undefined;
  /** The protocol in which TLS is asked for, where it does not begin with the first byte. */
  readonly starttls?: StartTls | undefined;
  /** Whom we trust, and who we are. */
  readonly tls?: Pick<TlsOptions, 'ca' | 'certificate' | 'key'> | undefined;
  /** Whether the certificate must be for the name and lead to a known authority. */
  readonly isVerified: boolean;
  /** Who must answer. */
  readonly identity?: Identity | undefined;
  readonly expect: {
    /** Of the earliest certificate that is sent. */
    readonly daysLeft?: NumberRule | undefined;
    /** Of the earliest certificate of the chain that was verified. */
    readonly chainDaysLeft?: NumberRule | undefined;
    /** SHA-256 of the public key (SPKI) in base64; any of them. */
    readonly pins?: readonly string[] | undefined;
    readonly version?: TlsVersion | undefined;
    readonly withinMs?: number | undefined;
  };
}

export type StartTls = 'smtp' | 'imap' | 'pop3' | 'postgres';

/** The oldest that is good. */
export type TlsVersion = '1.2' | '1.3';
