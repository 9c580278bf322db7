/** Numbered tests of the channels: sent when somebody asks, and once a week; what came of them is in the log of the region. */
import type { RegionId } from '../core/basics/brand';
import { day } from '../core/basics/time';
import { channelKey } from '../core/channel-finding';
import { isRelayed } from '../core/config/channels/channel';
import { provenAt } from '../core/deliveries';
import { channelSubject, dedupKey, type LogBody } from '../core/log';
import { testWords } from '../core/message/test-message';
import { append, catchUp, logEntries } from './region-log';
import { everywhereMs, hasTimeFor } from './time-left';
import { within } from './within';
import { publishLimitMs, type World } from './world';

export interface ProveRequest {
  /** The number of the test that is asked about, and sent first where `send` is true. */
  readonly number: number;
  readonly send?: boolean | undefined;
  /** Somebody says that it came there. */
  readonly confirm?: string | undefined;
}

export interface ChannelProof {
  readonly channel: string;
  readonly kind: string;
  readonly how: 'delivered' | 'confirmed' | 'failed' | 'waiting';
  /** Why it failed. */
  readonly why?: string | undefined;
}

export interface ProveAnswer {
  readonly region: RegionId;
  readonly number: number;
  /** Why nothing could be sent or confirmed. */
  readonly trouble?: string | undefined;
  readonly channels: readonly ChannelProof[];
}

/** Throws where the event asks for nothing that can be answered. */
export function proveOf(event: unknown): ProveRequest {
  const { number, send, confirm } = typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) throw new Error('"prove.number" must be the number of a test');
  return { number, ...(send === true ? { send } : {}), ...(typeof confirm === 'string' ? { confirm } : {}) };
}

export async function answerProve(world: World, request: ProveRequest): Promise<ProveAnswer> {
  const { region, config } = world.self;
  await catchUp(world);
  const trouble = request.send === true ? await sendTest(world, request.number) : await confirmed(world, request);
  const proofs = logEntries(world.memory.log).flatMap(({ region: of, body }) =>
    of === region && body.kind === 'proof' && body.number === request.number ? [body] : [],
  );
  const channels = config.channels.map(({ name, kind }): ChannelProof => {
    const proof = proofs.filter(({ channel }) => channel === name).at(-1);
    return { channel: name, kind, how: proof?.how ?? 'waiting', ...(proof?.why === undefined ? {} : { why: proof.why }) };
  });
  return { region, number: request.number, ...(trouble === undefined ? {} : { trouble }), channels };
}

async function confirmed(world: World, { number, confirm }: ProveRequest): Promise<string | undefined> {
  if (confirm === undefined) return undefined;
  const { region, config } = world.self;
  if (config.channels.every(({ name }) => name !== confirm))
    return `there is no channel "${confirm}"; there are ${config.channels.map(({ name }) => name).join(', ')}`;
  const isKnown = logEntries(world.memory.log).some(({ region: of, body }) => of === region && body.kind === 'tested' && body.number === number);
  if (!isKnown) return `${region} has sent no test ${number}`;
  await written(world, { kind: 'proof', key: channelKey(confirm, region), channel: confirm, number, how: 'confirmed' });
  return undefined;
}

/** Why it was not sent; undefined where it was. */
async function sendTest(world: World, number: number): Promise<string | undefined> {
  const { self, ports } = world;
  const { region, role } = self;
  const words = testWords({ number, by: region, role, now: ports.clock.now() });
  const outcome = await within(ports.clock, publishLimitMs, ports.topics.publish(region, words));
  if (outcome.kind === 'failed') return `the topic of ${region} did not accept the test: ${outcome.error}`;
  await written(world, { kind: 'tested', key: dedupKey(channelSubject('all', region), 'channel'), number });
  return undefined;
}

const mostTries = 5;

async function written(world: World, body: LogBody): Promise<void> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    if ((await append(world, body)) !== 'overtaken') return;
    await catchUp(world);
  }
}

/** A little before what is known of the channel is too old. */
const testEveryMs = 6 * day;

/** Channels of the relay answer for themselves: once they are proven, they are proven again each week without anybody. */
export async function testWeekly(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const { region, config } = self;
  const now = ports.clock.now();
  const entries = logEntries(memory.log);
  const proven = config.channels.filter(isRelayed).flatMap(({ name }) => provenAt(entries, { channel: name, region }) ?? []);
  if (proven.every((at) => now - at < testEveryMs)) return;
  const isYoung = entries.some(({ region: of, at, body }) => of === region && body.kind === 'tested' && Math.abs(now - at) < testEveryMs / 12);
  if (isYoung || !hasTimeFor(world, publishLimitMs + everywhereMs(config))) return;
  const trouble = await sendTest(world, 1000 + (Math.floor(now / 1000) % 9000));
  if (trouble !== undefined) ports.diary.note('weekly test not sent', { trouble });
}
