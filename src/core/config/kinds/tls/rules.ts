/** What the rules of tls monitors say when they are broken. */
import { hostWords } from '../../host-port';
import type { RuleWords } from '../../rules';
import { type TlsPieceRule, tlsPieceRules } from '../tls-piece';

export type TlsRule = 'tls' | 'tls-host' | 'tls-starttls' | 'tls-left' | 'tls-pins' | 'tls-oldest';

const rule = (advice: string, what: string): RuleWords => ({ advice, words: ({ shown }) => ({ problem: `${shown} ${what}`, advice }) });

export const tlsRules: Readonly<Record<TlsRule | TlsPieceRule, RuleWords>> = {
  ...tlsPieceRules,
  tls: rule('write a host such as shop.example.com, or a map with `host`', 'is neither a host nor a map'),
  'tls-host': hostWords('shop.example.com', { needsPort: false }),
  'tls-starttls': rule('write smtp, imap, pop3 or postgres', 'is no protocol in which TLS can be asked for'),
  'tls-left': rule('write how many at least, such as 21, or a map such as { above: 21 }', 'is no number of days'),
  'tls-pins': rule('write the SHA-256 of the public key in base64, 44 characters that end with =, or a list of those', 'is no pin'),
  'tls-oldest': rule("write '1.2' or '1.3', in quotes", 'is no version of TLS'),
};
