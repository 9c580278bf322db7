/** What is watched, and who is told: a target that can be broken, an anchor, and a receiver of SNS messages. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What SNS posts to a webhook. */
interface Envelope {
  readonly Type: string;
  readonly TopicArn: string;
  readonly Token?: string;
  readonly SubscribeURL?: string;
  readonly Subject?: string;
  readonly Message: string;
}

export interface Told {
  readonly at: number;
  /** Of the topic that told. */
  readonly region: string;
  readonly topic: string;
  /** The channel that it came to. */
  readonly channel: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface World {
  /** The file that a user would write. */
  readonly configText: string;
  /** The same with a second channel, and a route that leaves it out. */
  readonly routedConfigText: string;
  readonly told: readonly Told[];
  breakTarget(): void;
  close(): Promise<void>;
}

export const probers = ['eu-west-1', 'us-west-2'] as const;
export const witness = 'eu-central-1';
export const regions = [...probers, witness] as const;
export const target = 'shop';
/** The name of the second one begins like that of the first. */
export const channels = ['hook', 'hook-two'] as const;

/** @param confirm what is to be done with a question whether messages are wanted */
export async function openWorld(confirm: (region: string, envelope: Partial<Envelope>) => Promise<void>): Promise<World> {
  const told: Told[] = [];
  let isBroken = false;
  const shop = await open((_body, response) => response.writeHead(isBroken ? 503 : 200).end());
  const anchor = await open((_body, response) => response.end());
  const hook = await open((body, response, path) => {
    response.end();
    const envelope = fieldsOf(body) as Partial<Envelope>;
    const [, , , region = '', , topic = ''] = envelope.TopicArn?.split(':') ?? [];
    const channel = path === '/' ? channels[0] : path.slice(1);
    // Who waits for the confirmation says so when it does not come.
    if (envelope.Type === 'SubscriptionConfirmation') confirm(region, envelope).catch(() => undefined);
    else told.push({ at: Date.now(), region, topic, channel, message: fieldsOf(envelope.Message ?? '') });
  });
  const configText = configOf({ shop: urlOf(shop), anchor: urlOf(anchor), hook: urlOf(hook) });
  return {
    configText,
    routedConfigText: routed(configText, urlOf(hook)),
    told,
    breakTarget: () => {
      isBroken = true;
    },
    close: async () => {
      for (const server of [shop, anchor, hook]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function open(answer: (body: string, response: ServerResponse, path: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (more: string) => {
      body += more;
    });
    request.once('end', () => answer(body, response, request.url ?? '/'));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { text };
  }
}

/** Beats of a minute, as a user has them by default: the watchdogs' turns wait in their queues. */
const configOf = (url: { readonly shop: string; readonly anchor: string; readonly hook: string }): string => `
regions: { probers: [${probers.join(', ')}], witness: ${witness} }
defaults: { interval: 60s, timeout: 3s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 10s }
anchors: ["${url.anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${url.hook}" } }
monitors:
  ${target}: { http: { url: "${url.shop}", expect: { status: 200 } } }
`;

/** The same, as after an edit that changes what every function has beside it. */
export const changed = (configText: string): string => configText.replace('timeout: 3s', 'timeout: 4s');

const routed = (configText: string, hook: string): string =>
  `${configText.replace(`${channels[0]}: { webhook`, `${channels[1]}: { webhook: "${hook}${channels[1]}" }, ${channels[0]}: { webhook`)}
routes:
  - { monitors: [${target}], channels: [${channels[0]}] }
`;
