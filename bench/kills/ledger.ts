/** Everything that was ever read from a replica: beats and log entries, which nobody may lose or change. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { regionId, slotAt } from '../../src/core/basics/brand';
import { hour, second } from '../../src/core/basics/time';
import { entryId, type LogEntry } from '../../src/core/log';
import { decodeLogEntry } from '../../src/core/log-item';
import { beatPartition, type Item, logPartition, onlyShard, type Writer, writerAt } from '../../src/core/table';
import type { Replica } from '../../src/engine/ports';
import { type KillableSystem, regions } from './killable-system';

export interface Loss {
  readonly beats: number;
  readonly entries: number;
  readonly receipts: number;
  /** What was read once and is missing, or is another one, in some replica at the end. */
  readonly lost: readonly string[];
}

export interface Ledger {
  stopReading(): Promise<void>;
  /** Reads all replicas once more, and compares. Throws when one cannot be read. */
  compare(): Promise<Loss>;
  /** Of all replicas. */
  entries(): readonly LogEntry[];
}

type Pages = ReadonlyMap<string, string>;

const readEveryMs = 3 * second;

export function openLedger(system: KillableSystem): Ledger {
  const startedAt = Date.now();
  const known = new Map<string, string>();
  const entries = new Map<string, LogEntry>();
  const readAll = async (): Promise<readonly (readonly [string, Pages | Error])[]> => {
    const views = await system.regions();
    return Promise.all(
      views.map(async ({ name, port }) => {
        const pages = await pagesOf(replicaAt(name, port), startedAt, (entry) => entries.set(entryId(entry), entry)).catch((error: Error) => error);
        if (!(pages instanceof Error)) for (const [id, content] of pages) if (!known.has(id)) known.set(id, content);
        return [name, pages] as const;
      }),
    );
  };
  let isReading = true;
  const reading = (async () => {
    while (isReading) {
      await readAll().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, readEveryMs));
    }
  })();
  return {
    stopReading: () => {
      isReading = false;
      return reading;
    },
    compare: async () => {
      const found = await readAll();
      const lost = found.flatMap(([region, pages]) =>
        pages instanceof Error ? [`${region} cannot be read: ${pages.message}`] : missing(known, pages, region),
      );
      const receipts = [...entries.values()].filter(({ body }) => body.kind === 'receipt').length;
      const beats = [...known.keys()].filter((id) => id.startsWith('BEAT#')).length;
      return { beats, entries: entries.size, receipts, lost: [...lost, ...holes([...entries.values()])] };
    },
    entries: () => [...entries.values()],
  };
}

function missing(known: Pages, pages: Pages, region: string): readonly string[] {
  return [...known].flatMap(([id, content]) => {
    const found = pages.get(id);
    if (found === undefined) return [`${id} is missing in ${region}`];
    return found === content ? [] : [`${id} is another one in ${region}`];
  });
}

/** A log is numbered without gaps: what is missing between two numbers was acknowledged, and lost. */
function holes(entries: readonly LogEntry[]): readonly string[] {
  const most = new Map<string, number>();
  for (const { writer, month, n } of entries) most.set(`${writer}/${month}`, Math.max(most.get(`${writer}/${month}`) ?? 0, n));
  const ids = new Set(entries.map(entryId));
  return [...most].flatMap(([log, last]) =>
    Array.from({ length: last }, (_, index) => `${log}/${index + 1}`).flatMap((id) => (ids.has(id) ? [] : [`${id} is missing from its log`])),
  );
}

/** By its key: for a log entry what it says; a beat may be written twice by two rounds of its slot, and is only there or not. */
async function pagesOf(replica: Replica, startedAt: number, onEntry: (entry: LogEntry) => void): Promise<Pages> {
  const partitions = writers.flatMap((writer) => [...monthsSince(startedAt).map((month) => logPartition(writer, month)), ...beatPartitions(writer, startedAt)]);
  const items = (await Promise.all(partitions.map((partition) => replica.query(partition, '0', '9999999999999')))).flat();
  for (const item of items) {
    const entry = decodeLogEntry(item);
    if (entry !== undefined) onEntry(entry);
  }
  return new Map(items.map((item) => [`${item.pk}/${item.sk}`, contentOf(item)]));
}

const contentOf = (item: Item): string => (item.pk.startsWith('BEAT#') ? String(item.seq) : `${item.at} ${item.body}`);

const names = regions.map(regionId);
const writers: readonly Writer[] = names.flatMap((region) => names.map((replica) => writerAt(region, replica)));

function monthsSince(startedAt: number): readonly string[] {
  return [...new Set([startedAt, Date.now()].map((ms) => new Date(ms).toISOString().slice(0, 7)))];
}

function beatPartitions(writer: Writer, startedAt: number): readonly string[] {
  const found = new Set<string>();
  for (let ms = startedAt; ms < Date.now() + hour; ms += hour / 2) found.add(beatPartition(writer, onlyShard, slotAt(Math.floor(ms / second))));
  return [...found];
}

// The SDK would tell about the next version of Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const clients = new Map<number, DynamoDBClient>();

/** As every reader of the small AWS: nothing of the user's own settings leads it elsewhere. */
export function replicaAt(region: string, port: number): Replica {
  const client =
    clients.get(port) ??
    new DynamoDBClient({
      region,
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'TWINWATCHLEDGER', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  clients.set(port, client);
  return createReplica({ region: regionId(region), timeoutMs: 5 * second, isConsistent: () => true, client });
}
