/** `tcp`: connects, and may hold a dialogue. */
import { parseDuration } from '../../durations';
import { hostDestinations, withHost } from '../../host-port';
import { valueAt } from '../../plain-value';
import type { Kind } from '../kind';
import { insecureWarnings } from '../tls-options';
import { buildTlsWish } from '../tls-piece';
import type { TcpProbe, TcpStep } from './probe';
import { tcpQuarrels } from './quarrels';
import { tcpRules } from './rules';
import { type TcpSource, type TcpStepSource, tcpSchema } from './schema';

export const tcp: Kind<'tcp', typeof tcpSchema, TcpProbe> = {
  key: 'tcp',
  schema: tcpSchema,
  rules: tcpRules,
  example: 'tcp: mail.example.com:25',
  build,
  target: (written) => String(withHost(written).host),
  addresses: (value) => hostDestinations(value, { needsPort: true }),
  quarrels: tcpQuarrels,
  warnings: insecureWarnings,
};

function build(source: TcpSource, written: unknown): TcpProbe {
  if (typeof source === 'string') return { kind: 'tcp', host: source, newline: 'crlf', dialogue: [], expect: {} };
  const { host, newline = 'crlf', dialogue = [], expect } = source;
  const tls = buildTlsWish(source.tls);
  const withinMs = parseDuration(expect?.within);
  return {
    kind: 'tcp',
    host,
    ...(tls === undefined ? {} : { tls }),
    newline,
    dialogue: dialogue.map((step, index) => buildStep(step, valueAt(written, ['dialogue', index]))),
    expect: withinMs === undefined ? {} : { withinMs },
  };
}

function buildStep({ expect, send, expectHex, sendHex, starttls }: TcpStepSource, written: unknown): TcpStep {
  if (expect !== undefined) return { kind: 'expect', pattern: expect, shown: String(valueAt(written, ['expect']) ?? expect) };
  if (send !== undefined) return { kind: 'send', text: send };
  if (expectHex !== undefined) return { kind: 'expect-hex', hex: expectHex };
  if (sendHex !== undefined) return { kind: 'send-hex', hex: sendHex };
  return { kind: 'starttls', tls: buildTlsWish(starttls) ?? {} };
}
