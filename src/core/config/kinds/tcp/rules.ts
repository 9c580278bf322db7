/** What the rules of tcp monitors say when they are broken. */
import { hostWords } from '../../host-port';
import type { RuleWords } from '../../rules';
import { type TlsPieceRule, tlsPieceRules } from '../tls-piece';

export type TcpRule = 'tcp' | 'tcp-host' | 'tcp-hex' | 'tcp-step' | 'tcp-newline' | 'tcp-dialogue';

const tcpAdvice = 'write a host and its port such as mail.example.com:25, or a map with `host`';
const stepAdvice = 'write one of `expect`, `send`, `expectHex`, `sendHex`, `starttls`';
const dialogueAdvice = 'write a list of 1 to 50 steps such as `- expect: ^220`';
const hexAdvice = 'write two digits for each byte, such as 10 0c 00 04';
const newlineAdvice = 'write crlf, lf or none';

export const tcpRules: Readonly<Record<TcpRule | TlsPieceRule, RuleWords>> = {
  ...tlsPieceRules,
  tcp: { advice: tcpAdvice, words: ({ shown }) => ({ problem: `${shown} is neither a host nor a map`, advice: tcpAdvice }) },
  'tcp-host': hostWords('mail.example.com:25', { needsPort: true }),
  'tcp-hex': { advice: hexAdvice, words: ({ shown }) => ({ problem: `${shown} is no list of bytes in hexadecimal`, advice: hexAdvice }) },
  'tcp-step': { advice: stepAdvice, words: () => ({ problem: 'is not exactly one thing to do', advice: stepAdvice }) },
  'tcp-newline': { advice: newlineAdvice, words: ({ shown }) => ({ problem: `${shown} is no line ending`, advice: newlineAdvice }) },
  'tcp-dialogue': { advice: dialogueAdvice, words: ({ shown }) => ({ problem: `${shown} is no dialogue`, advice: dialogueAdvice }) },
};
