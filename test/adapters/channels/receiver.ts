/** A real HTTP receiver that keeps what it gets, and answers as it is told. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createChannels } from '../../../src/adapters/channels/channels';
import { createSecrets } from '../../../src/adapters/secrets/secrets';
import { regionId } from '../../../src/core/basics/brand';
import { isRelayed, type RelayChannel } from '../../../src/core/config/channels/channel';
import type { Notice } from '../../../src/core/message/notice';
import { configOf, textWith } from '../../core/config/config-text';
import { startServers } from '../servers';

export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answering = (response: ServerResponse, got: Got) => void;

export interface Receiver {
  readonly url: string;
  readonly got: Got[];
  answer: Answering;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const servers = startServers();
  const receiver = { got: [] as Got[], answer: ((response) => response.end('ok')) as Answering };
  const port = await servers.http((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const got = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      receiver.got.push(got);
      receiver.answer(response, got);
    });
  });
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}`, close: () => servers.close() });
}

/** The channel that a file with this line has. */
export function channelOf(line: string): RelayChannel {
  const [channel] = configOf(textWith({ network: '{ allowPrivate: true }', channels: `{ one: { ${line} } }` })).channels;
  if (channel === undefined || !isRelayed(channel)) throw new Error(`${line} is no channel of the relay`);
  return channel;
}

export const secretValues = new Map([
  ['key', 'key-0123456789abcdef'],
  ['token', '1234:TELEGRAM-bot-token'],
  ['signing', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
]);

export const openChannels = (over: { readonly allowPrivate?: boolean } = {}) =>
  createChannels({
    region: regionId('eu-west-1'),
    version: '0.1.0',
    allowPrivate: true,
    now: () => Date.parse('2026-11-21T04:02:03.456Z'),
    secrets: createSecrets({
      readSecret: async ({ name }) => {
        const value = secretValues.get(name);
        if (value === undefined) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
        return value;
      },
      elapsedMs: () => 0,
    }),
    ...over,
  });

export const notice = (over: Partial<Notice> = {}): Notice => ({
  id: 'i-1|opened|down|eu-west-1/2026-11/1|-|-',
  calls: 'trigger',
  key: 'checkout:availability',
  severity: 'page',
  headline: 'PAGE checkout is DOWN (confirmed)',
  details: 'since: 2026-11-21 04:01:50 UTC (13 s ago)\nfrom eu-west-1: status 503, wanted 2xx: <b>"we & they" are *closed*</b>',
  region: 'eu-west-1',
  at: '2026-11-21T04:02:03.000Z',
  event: { version: 1, kind: 'opened', key: 'checkout:availability', subject: 'checkout', family: 'availability', condition: 'down', incident: 'i-1' },
  ...over,
});
