/** How an http monitor is probed, as the prober reads it. What is not said in the file is absent, so that the simplest monitor stays small. */
import type { NumberRule, TextRule } from '../../conditions';
import type { Identity } from '../identity/probe';

export interface HttpProbe {
  readonly kind: 'http';
  readonly url: string;
  /**
   * Whether it may lead to a loopback or private address whatever the file says: for our own canaries, never for what a file describes,
   * nor for where a redirect leads.
   */
  readonly mayBePrivate?: true | undefined;
  /** The address that is contacted in place of what the host of `url` resolves to; Host, SNI and the certificate stay those of `url`. */
  readonly connectTo?: string | undefined;
  readonly request?: HttpRequest | undefined;
  /** How many redirects are followed; none where it is absent. */
  readonly redirects?: number | undefined;
  readonly tls?: TlsOptions | undefined;
  readonly proxy?: HttpProxy | undefined;
  /** Bytes of a body, unpacked, beyond which it is too large. */
  readonly limitBytes?: number | undefined;
  /** Who must answer. */
  readonly identity?: Identity | undefined;
  readonly expect: HttpExpectation;
}

export interface HttpRequest {
  readonly method?: string | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: HttpBody | undefined;
  readonly basic?: BasicAuth | undefined;
  readonly bearer?: string | undefined;
  /** Where a bearer token is had first. */
  readonly oauth2?: OAuth2 | undefined;
  /** Codings that are asked for and must be answered with; none where it is absent. */
  readonly compression?: readonly string[] | undefined;
  readonly http2?: true | undefined;
}

/** JSON is written out when it is sent. */
export type HttpBody = { readonly text: string } | { readonly json: unknown };

export interface BasicAuth {
  readonly user: string;
  readonly password: string;
}

/** The credentials of a client. */
export interface OAuth2 {
  /** Of the server that gives tokens. */
  readonly url: string;
  readonly id: string;
  readonly secret: string;
  /** Scopes, with blanks between them. */
  readonly scope?: string | undefined;
}

export interface TlsOptions {
  /** PEM: trusted instead of the well-known authorities. */
  readonly ca?: string | undefined;
  /** PEM: shown to the server. */
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly serverName?: string | undefined;
  readonly insecure?: true | undefined;
}

export interface HttpProxy {
  readonly url: string;
  readonly basic?: BasicAuth | undefined;
}

export interface HttpExpectation {
  /** Inclusive ranges of status codes, `[[200, 299]]` for `2xx`. */
  readonly status: readonly (readonly [number, number])[];
  readonly withinMs?: number | undefined;
  readonly headers?: readonly HeaderRule[] | undefined;
  readonly body?: readonly BodyRule[] | undefined;
  /** Of the body, unpacked, in bytes. */
  readonly size?: NumberRule | undefined;
  /** The address that answered in the end. */
  readonly url?: TextRule | undefined;
  /** Of which one must be spoken. */
  readonly versions?: readonly HttpVersion[] | undefined;
  /** The address contacted, without its port. */
  readonly address?: TextRule | undefined;
  /** Days to the earliest end of all certificates that the server sends. */
  readonly daysLeft?: NumberRule | undefined;
  readonly tls?: true | undefined;
}

export type HttpVersion = '1.0' | '1.1' | '2';

export interface HeaderRule {
  /** In lower case. */
  readonly name: string;
  readonly presence: 'needed' | 'optional' | 'forbidden';
  /** Of the values of a repeated header, one must hold what is wanted, and none what is not. */
  readonly text: TextRule;
}

export type BodyRule = { readonly kind: 'text'; readonly text: TextRule } | JsonRule;

export interface JsonRule {
  readonly kind: 'json';
  /** RFC 9535. Every node that it leads to must be as wanted. */
  readonly path: string;
  /** Where it is said: whether there must be a node at all. There must, unless this is false. */
  readonly exists?: boolean | undefined;
  /** How many nodes there must be. */
  readonly count?: NumberRule | undefined;
  /** Equal as JSON, whatever the order of keys. */
  readonly equals?: unknown;
  readonly oneOf?: readonly unknown[] | undefined;
  readonly equalsNot?: unknown;
  /** A path to the one value that each must equal. */
  readonly sameAs?: string | undefined;
  /** Of a text in characters, of a list or a map in what it has. */
  readonly length?: NumberRule | undefined;
  readonly number?: NumberRule | undefined;
  readonly text?: TextRule | undefined;
}
