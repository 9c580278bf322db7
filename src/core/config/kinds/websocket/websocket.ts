/** `websocket`: opens a WebSocket, and may hold a dialogue. */
import { buildTextRule } from '../../condition-pieces';
import { parseDuration } from '../../durations';
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap, valueAt } from '../../plain-value';
import { captureFaults } from '../captures';
import type { Destination, Kind, Quarrel } from '../kind';
import { buildTlsOptions, insecureWarnings, secretFaults, tlsOptionFaults } from '../tls-options';
import type { JsonRule, WebsocketProbe, WebsocketStep } from './probe';
import { websocketRules } from './rules';
import { parseWebsocketUrl, type WebsocketSource, type WebsocketStepSource, websocketSchema } from './schema';

export const websocket: Kind<'websocket', typeof websocketSchema, WebsocketProbe> = {
  key: 'websocket',
  schema: websocketSchema,
  rules: websocketRules,
  example: 'websocket: wss://shop.example.com/live',
  build,
  target: (written) => String(longForm(written).url),
  addresses,
  quarrels,
  warnings: insecureWarnings,
};

function build(source: WebsocketSource, written: unknown): WebsocketProbe {
  if (typeof source === 'string') return { kind: 'websocket', url: source, headers: {}, subprotocols: [], dialogue: [], expect: {} };
  const { url, headers = {}, subprotocol = [], tls, checkAccept, dialogue = [], expect } = source;
  const withinMs = parseDuration(expect?.within);
  return {
    kind: 'websocket',
    url,
    headers,
    subprotocols: typeof subprotocol === 'string' ? [subprotocol] : subprotocol,
    ...(tls === undefined ? {} : { tls: buildTlsOptions(tls) }),
    ...(checkAccept === false ? { mayAnswerAnyAccept: true } : {}),
    dialogue: dialogue.map((step, index) => buildStep(step, valueAt(written, ['dialogue', index]))),
    expect: withinMs === undefined ? {} : { withinMs },
  };
}

function buildStep({ expect, send }: WebsocketStepSource, written: unknown): WebsocketStep {
  if (expect === undefined) return { kind: 'send', text: send ?? '' };
  const shown = valueAt(written, ['expect']);
  if (typeof expect === 'string') return { kind: 'expect', pattern: expect, shown: String(shown) };
  const { json, equals, above, below, atLeast, atMost, ...texts } = expect;
  const numbers = { above, below, atLeast, atMost };
  const rule: JsonRule = {
    ...buildTextRule(texts, 'equals'),
    ...Object.fromEntries(Object.entries(numbers).filter(([, limit]) => limit !== undefined)),
    ...(equals === undefined ? {} : { equals }),
  };
  return { kind: 'expect-json', path: json, shown: JSON.stringify(shown), rule };
}

function quarrels(value: unknown, { written }: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  return [...secretFaults(written, [['tls', 'key']]), ...tlsOptionFaults(value), ...plainFaults(value), ...captureFaults(value)];
}

function plainFaults({ url, tls }: PlainMap): readonly Fault[] {
  if (tls === undefined || typeof url !== 'string' || !/^ws:/i.test(url)) return [];
  return [{ path: ['tls'], problem: 'no TLS is spoken with a ws:// address', advice: 'write wss://, or remove it' }];
}

/** Either form as a map with `url`. */
const longForm = (value: unknown): PlainMap => (isMap(value) ? value : { url: value });

function addresses(value: unknown): readonly Destination[] {
  const { url } = longForm(value);
  const leadsTo = typeof url === 'string' ? parseWebsocketUrl(url) : 'no-url';
  return typeof leadsTo === 'string' ? [] : [{ path: isMap(value) ? ['url'] : [], leadsTo }];
}
