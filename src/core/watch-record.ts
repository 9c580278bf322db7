/** What a region's watchdog sees of every prober, written down so that a restart does not forget, and others can read it. */
import { awayFields } from './away';
import { instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { packWatch, unpackWatch } from './packed-watch';
import { ByteReader, ByteWriter } from './packing';
import { type Item, type Writer, watchKey, writerIn, writerRegion } from './table';
import type { WatchRecord } from './watched';

export type { Reporting, WatchRecord } from './watched';

/** The second that a watch record stands for, as slots are counted. */
export const vigilSlot = (record: Pick<WatchRecord, 'seq'>): Slot => slotAt(Math.floor(record.seq / 1000));

/** Of one region; by its number, for its clock may have been set. */
export const newestRecordOf = (region: RegionId, records: readonly WatchRecord[]): WatchRecord | undefined =>
  records.filter((record) => record.region === region).sort((one, other) => other.seq - one.seq)[0];

/** Of watch records; items of another version are skipped. */
const version = 2;

/** `away`: the other replicas at which its region is known to have written. */
export function encodeWatch(record: WatchRecord, writer: Writer, away: Iterable<RegionId> = []): Item {
  const writing = new ByteWriter();
  packWatch(writing, record);
  return { ...watchKey(writer), v: version, seq: record.seq, packed: writing.done(), ...besideOf(record), ...awayFields(away) };
}

/** What stands beside the packed bytes: it is there now and then only, or was not in the first records. */
function besideOf({ lateMs, isClockDoubtful, homeUnreadSince, peers }: WatchRecord): Readonly<Record<string, number | string>> {
  const anew = peers.flatMap(({ arrivals }, place) => (arrivals?.isAgeUnknown === true ? [place] : []));
  return {
    ...(anew.length === 0 ? {} : { anew: anew.join(' ') }),
    ...(lateMs === undefined ? {} : { lateMs }),
    ...(isClockDoubtful === true ? { clockDoubtful: 1 } : {}),
    ...(homeUnreadSince === undefined ? {} : { homeUnreadSince }),
  };
}

/** An item is looked at on several paths, one after the other. */
const decoded = new WeakMap<Item, WatchRecord>();

/** Undefined for an item that is no watch record of this version. */
export function decodeWatch(item: Item): WatchRecord | undefined {
  const known = decoded.get(item);
  if (known !== undefined) return known;
  const record = decode(item);
  if (record !== undefined) decoded.set(item, record);
  return record;
}

function decode(item: Item): WatchRecord | undefined {
  const writer = writerIn(item.pk);
  if (item.v !== version || writer === undefined || typeof item.seq !== 'number' || !(item.packed instanceof Uint8Array)) return undefined;
  try {
    const record = unpackWatch(new ByteReader(item.packed), { region: writerRegion(writer), seq: item.seq });
    return {
      ...record,
      ...(typeof item.anew === 'string' ? { peers: withUnknownAge(record.peers, item.anew.split(' ')) } : {}),
      ...(typeof item.lateMs === 'number' ? { lateMs: item.lateMs } : {}),
      ...(item.clockDoubtful === 1 ? { isClockDoubtful: true } : {}),
      ...(typeof item.homeUnreadSince === 'number' ? { homeUnreadSince: instant(item.homeUnreadSince) } : {}),
    };
  } catch {
    return undefined;
  }
}

const withUnknownAge = (peers: WatchRecord['peers'], places: readonly string[]): WatchRecord['peers'] =>
  peers.map((peer, place) =>
    peer.arrivals !== undefined && places.includes(String(place)) ? { ...peer, arrivals: { ...peer.arrivals, isAgeUnknown: true } } : peer,
  );
