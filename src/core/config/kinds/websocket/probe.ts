/** How a websocket monitor is probed, as the prober reads it. */
import type { NumberRule, TextRule } from '../../conditions';
import type { TlsOptions } from '../http/probe';

export interface WebsocketProbe {
  readonly kind: 'websocket';
  /** Begins with ws:// or wss://. */
  readonly url: string;
  /** An address that is contacted in place of the host; everything else stays as it is for the host. */
  readonly connectTo?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Offered, the best first; the server must choose one of them. */
  readonly subprotocols: readonly string[];
  readonly tls?: TlsOptions | undefined;
  /** Whether an answer with a wrong `sec-websocket-accept` is good all the same. */
  readonly mayAnswerAnyAccept?: true | undefined;
  readonly dialogue: readonly WebsocketStep[];
  readonly expect: { readonly withinMs?: number | undefined };
}

export type WebsocketStep =
  | { readonly kind: 'send'; readonly text: string }
  /** `shown` is the pattern as it was written, with references as references. */
  | { readonly kind: 'expect'; readonly pattern: string; readonly shown: string }
  | { readonly kind: 'expect-json'; readonly path: string; readonly shown: string; readonly rule: JsonRule };

/** Of what stands at a path: any value that stands there may meet it. */
export interface JsonRule extends Omit<NumberRule, 'equals'>, Omit<TextRule, 'equals'> {
  readonly equals?: string | number | boolean | null | undefined;
}
