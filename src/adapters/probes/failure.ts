/** How a probe failed, and which error of which phase means which reason. */
import { types } from 'node:util';
import type { Reason } from '../../core/observation';

export interface Failure {
  readonly reason: Exclude<Reason, 'ok'>;
  /** One sentence for people, with the code of the error where there is one. */
  readonly detail: string;
}

export const isFailure = (step: object): step is Failure => 'reason' in step && 'detail' in step;

/** An error by which this machine, not the target, failed the probe. */
const ownCodes: readonly string[] = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EACCES', 'EPERM', 'ENETDOWN', 'EAI_MEMORY'];

type Meaning = readonly [reason: Failure['reason'], words: string];

const connectMeanings: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: ['connect-refused', 'nothing listens there'],
  EHOSTUNREACH: ['connect-unreachable', 'the host cannot be reached'],
  EHOSTDOWN: ['connect-unreachable', 'the host cannot be reached'],
  ENETUNREACH: ['connect-unreachable', 'its network cannot be reached'],
  ECONNRESET: ['connect-reset', 'the connection was reset'],
  ECONNABORTED: ['connect-reset', 'the connection was reset'],
  ETIMEDOUT: ['connect-timeout', 'the system gave up connecting'],
};

const exchangeMeanings: Readonly<Record<string, Meaning>> = {
  ECONNRESET: ['closed-early', 'the connection was reset before the response was complete'],
  ECONNABORTED: ['closed-early', 'the connection was reset before the response was complete'],
  EPIPE: ['closed-early', 'the connection was closed before the request was sent'],
  ETIMEDOUT: ['closed-early', 'the connection was lost before the response was complete'],
  EHOSTUNREACH: ['closed-early', 'the connection was lost before the response was complete'],
  ENETUNREACH: ['closed-early', 'the connection was lost before the response was complete'],
  UND_ERR_SOCKET: ['closed-early', 'the connection was closed before the response was complete'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['closed-early', 'the connection was closed before the body was as long as its content-length'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', 'the headers are too large'],
  EPROTO: ['tls-error', 'the TLS session failed'],
};

export function dnsFailure(host: string, error: unknown): Failure {
  const code = codeOf(error);
  if (ownCodes.includes(code)) return ownFailure(`resolving ${host}`, error);
  if (code === 'ENOTFOUND') return { reason: 'dns-nxdomain', detail: `${host} does not exist in DNS (ENOTFOUND)` };
  if (code === 'EAI_AGAIN') return { reason: 'dns-timeout', detail: `no name server answered for ${host} (EAI_AGAIN)` };
  return { reason: 'dns-error', detail: `${host} could not be resolved (${code})` };
}

export function connectFailure(address: string, error: unknown): Failure {
  const code = codeOf(error);
  const meaning = connectMeanings[code];
  if (meaning === undefined) return ownFailure(`connecting to ${address}`, error);
  return { reason: meaning[0], detail: `connecting to ${address}: ${meaning[1]} (${code})` };
}

/** A handshake that failed for another cause than the certificate. */
export function handshakeFailure(address: string, error: unknown): Failure {
  const code = codeOf(error);
  if (clientCodes.test(code)) return clientFailure(error);
  if (ownCodes.includes(code)) return ownFailure(`the TLS handshake with ${address}`, error);
  const words = handshakeWords[code] ?? messageOf(error);
  return { reason: 'tls-error', detail: `TLS handshake with ${address}: ${words} (${code})` };
}

const handshakeWords: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection was closed in it',
  // Until TLS 1.2 this is all that a server says to whoever shows it no certificate.
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the server shares no way of TLS with us, or wants a certificate of ours',
};

/** What went wrong between the request and the end of the response. `hasBegun` when the headers had come. */
export function exchangeFailure(error: unknown, hasBegun: boolean): Failure {
  const code = codeOf(error);
  const message = messageOf(error);
  const meaning = exchangeMeanings[code];
  if (code === 'UND_ERR_SOCKET' && message.startsWith('bad ')) return notHttp('an unexpected switch of protocols');
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && !hasBegun) return notHttp('its content-length is not one number');
  if (meaning !== undefined) return { reason: meaning[0], detail: `${meaning[1]} (${code})` };
  if (code === 'HTTPParserError' && message.includes('EOF')) return { reason: 'closed-early', detail: 'the connection was closed amid the response' };
  if (code === 'HTTPParserError') return notHttp(/\((.*)\)/.exec(message)?.[1] ?? message);
  if (clientCodes.test(code)) return clientFailure(error);
  if (code.startsWith('ERR_SSL_')) return sessionFailure(error);
  return ownFailure('the exchange', error);
}

/** Alerts by which a server refuses the certificate of a client, or the lack of one. TLS 1.3 sends them after the handshake. */
const clientCodes = /^ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|(SSL|TLS)V\d+_ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA))$/;

/** A server that had asked for a certificate of ours and ended the connection when it was shown `given`. */
export function refusalFailure(given: string, error: unknown): Failure {
  const code = codeOf(error);
  if (ownCodes.includes(code)) return ownFailure('what follows a TLS handshake', error);
  if (isAlert(code)) return clientFailure(error);
  if (code.startsWith('ERR_SSL_')) return sessionFailure(error);
  return { reason: 'tls-client', detail: `the server asked for a certificate, was shown ${given}, and closed the connection` };
}

const isAlert = (code: string): boolean => /^ERR_SSL_\w+_ALERT_/.test(code);

const clientFailure = (error: unknown): Failure => ({
  reason: 'tls-client',
  detail: `the server does not take our certificate, or the lack of one: ${messageOf(error)} (${codeOf(error)})`,
});

const sessionFailure = (error: unknown): Failure => ({ reason: 'tls-error', detail: `the TLS session failed: ${messageOf(error)} (${codeOf(error)})` });

/** Trouble of the prober itself, which says nothing of the target. */
export function ownFailure(doing: string, error: unknown): Failure {
  return { reason: 'prober-error', detail: `the prober itself failed at ${doing}: ${messageOf(error)} (${codeOf(error)})` };
}

const notHttp = (what: string): Failure => ({ reason: 'protocol', detail: `the answer is not valid HTTP (${what})` });

/** OpenSSL 3.5 and later, as in Node 24, name alerts so that are as old as SSL 3; what is shown and compared is one name. */
const renamedAlerts = ['_SSL/TLS_ALERT_', '_SSLV3_ALERT_'] as const;

export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code.replace(...renamedAlerts);
  return types.isNativeError(error) ? error.name : 'unknown';
}

export function messageOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  // OpenSSL's message is a line of its log; its reason is the readable part.
  const words = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  return words.replace(/\s+/g, ' ').trim().slice(0, 200);
}
