/** Takes one ping: finds whose it is, writes it down, and says so only when it is stored. */
import type { Instant, RegionId } from '../core/basics/brand';
import { day, second } from '../core/basics/time';
import { keptBeatDays } from '../core/beat';
import { allRegions, type Config, type Monitor } from '../core/config/config';
import { type Asked, firstLine, keptBodyBytes, type Ping, type PingRequest, readPing } from '../core/heartbeat/ping';
import { decodePings, encodePings, remember } from '../core/heartbeat/pings';
import { inboxCanaryKey, pingKey, pingLogKey, type Writer, writerAt } from '../core/table';
import type { Clock, Diary, Replica } from './ports';
import { within } from './within';
import { homeLimitMs, remoteLimitMs } from './world';

/** What an inbox has in its hands: much less than a round. */
export interface InboxWorld {
  readonly region: RegionId;
  readonly config: Config;
  readonly clock: Clock;
  readonly replica: (region: RegionId) => Replica;
  readonly diary: Diary;
}

export interface IncomingPing extends PingRequest {
  readonly body: string;
  /** Names this request, so that what is written twice of it is one item. */
  readonly name: string;
}

export interface PingAnswer {
  readonly status: number;
  readonly text: string;
}

/** So many may be written at the same time before a caller is asked to try again. */
const mostTries = 6;

export async function takePing(world: InboxWorld, incoming: IncomingPing): Promise<PingAnswer> {
  const read = readPing(incoming);
  if (read.kind === 'refused') return { status: read.status, text: read.why };
  const monitor = monitorOf(world.config, read.token);
  if (monitor === undefined) return { status: 404, text: 'not found' };
  const at = world.clock.now();
  if (read.asked === 'canary') return answerOf(await somewhere(world, (replica, writer) => replica.put({ ...inboxCanaryKey(writer), v: 1, seq: at })));
  const ping = pingOf(read.asked, { at, rid: read.rid, exitCode: read.exitCode, body: incoming.body });
  const taken: Taken = { monitor: monitor.id, ping, body: incoming.body, name: incoming.name };
  const stored = await somewhere(world, (replica, writer) => write(replica, writer, taken));
  if (stored === 'stored') world.diary.note('ping taken', { monitor: monitor.id, signal: ping.signal, exitCode: ping.exitCode });
  return answerOf(stored);
}

const answerOf = (stored: 'stored' | 'failed'): PingAnswer =>
  stored === 'stored' ? { status: 200, text: 'OK' } : { status: 503, text: 'the ping could not be stored; try again' };

/** Every token is compared to its end, so that how long it takes says nothing of how much was right. */
function monitorOf(config: Config, token: string): Monitor | undefined {
  return config.monitors.filter(({ probe }) => probe.kind === 'heartbeat' && isSame(probe.token, token))[0];
}

function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ other.charCodeAt(index % Math.max(1, other.length));
  return difference === 0;
}

function pingOf(signal: Exclude<Asked, 'canary'>, { body, ...seen }: Omit<Ping, 'signal' | 'said'> & { readonly body: string }): Ping {
  const said = signal === 'failure' ? firstLine(body) : undefined;
  return { signal, ...seen, ...(said === undefined ? {} : { said }) };
}

/** At home, and where home refuses or is slow, at another replica under a key that says so. */
async function somewhere(world: InboxWorld, work: (replica: Replica, writer: Writer) => Promise<void>): Promise<'stored' | 'failed'> {
  for (const region of [world.region, ...allRegions(world.config.regions).filter((other) => other !== world.region)]) {
    const limitMs = region === world.region ? homeLimitMs : remoteLimitMs;
    const outcome = await within(world.clock, limitMs, work(world.replica(region), writerAt(world.region, region)));
    if (outcome.kind === 'done') return 'stored';
    world.diary.note('ping not stored', { replica: region, error: outcome.error });
  }
  return 'failed';
}

interface Taken {
  readonly monitor: string;
  readonly ping: Ping;
  readonly body: string;
  readonly name: string;
}

async function write(replica: Replica, writer: Writer, taken: Taken): Promise<void> {
  await replica.putIfAbsent(logItem(writer, taken));
  if (taken.ping.signal !== 'log') await remembered(replica, writer, taken);
}

/** Two environments may take pings of one monitor at the same time: whoever is second reads again. */
async function remembered(replica: Replica, writer: Writer, { monitor, ping }: Taken): Promise<void> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const [item] = await replica.get([pingKey(writer, monitor)]);
    const known = item === undefined ? undefined : decodePings(item);
    const seq = (typeof item?.seq === 'number' ? item.seq : 0) + 1;
    const pings = remember(known?.pings ?? [], [ping]);
    // What a later version has added to the item stays in it.
    if ((await replica.putIfNewer({ ...item, ...encodePings(pings, { writer, monitor, seq }) })) === 'written') return;
  }
  throw new Error(`${mostTries} others wrote at the same time`);
}

/** What the job said is kept for as long as beats are. */
function logItem(writer: Writer, { monitor, ping, body, name }: Taken) {
  const { signal, at, rid, exitCode } = ping;
  const kept = body.slice(0, keptBodyBytes);
  return {
    ...pingLogKey(writer, monitor, { at, name }),
    v: 1,
    signal,
    ...(rid === undefined ? {} : { rid }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(kept === '' ? {} : { body: kept }),
    ttl: expiryOf(at),
  };
}

const expiryOf = (at: Instant): number => Math.floor((at + keptBeatDays * day) / second);
