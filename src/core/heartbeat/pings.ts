/**
 * The pings of one monitor that are remembered: the newest few of each signal. Remembering is a union, so it does not matter
 * in which order pings are learnt, how often, or in which region.
 */
import { instant, type RegionId } from '../basics/brand';
import { type Item, pingKey, type Writer, writerIn, writerRegion } from '../table';
import type { Ping, Signal } from './ping';

/** Enough that runs which overlap are told apart. */
export const keptPerSignal = 8;
const kept: readonly Signal[] = ['start', 'success', 'failure'];

/** Oldest first. What only says something is not remembered. */
export function remember(...known: readonly (readonly Ping[])[]): readonly Ping[] {
  const distinct = new Map(known.flat().map((ping) => [nameOf(ping), ping] as const));
  const newestFirst = [...distinct].sort(([oneName, one], [otherName, other]) => other.at - one.at || (oneName < otherName ? 1 : -1)).map(([, ping]) => ping);
  return kept.flatMap((signal) => newestFirst.filter((ping) => ping.signal === signal).slice(0, keptPerSignal)).sort(byTime);
}

const nameOf = ({ signal, at, rid, exitCode, said }: Ping): string => `${signal} ${at} ${rid ?? ''} ${exitCode ?? ''} ${said ?? ''}`;

/** Of one millisecond a start comes first: what ends in it must have begun. */
const byTime = (one: Ping, other: Ping): number =>
  one.at - other.at || kept.indexOf(one.signal) - kept.indexOf(other.signal) || (nameOf(one) < nameOf(other) ? -1 : 1);

/** What one region received of one monitor. `seq` counts its pings. */
export function encodePings(
  pings: readonly Ping[],
  { writer, monitor, seq }: { readonly writer: Writer; readonly monitor: string; readonly seq: number },
): Item {
  const rows = pings.map(({ signal, at, rid, exitCode, said }) => [signal, at, rid ?? null, exitCode ?? null, said ?? null]);
  return { ...pingKey(writer, monitor), v: 1, seq, pings: JSON.stringify(rows) };
}

export interface Received {
  readonly region: RegionId;
  readonly monitor: string;
  readonly seq: number;
  readonly pings: readonly Ping[];
}

type Row = readonly [Signal, number, string | null, number | null, string | null];

/** Undefined for an item that is none of this version: it is skipped, not fatal. */
export function decodePings(item: Item): Received | undefined {
  const writer = writerIn(item.pk);
  if (writer === undefined || typeof item.seq !== 'number' || typeof item.pings !== 'string') return undefined;
  try {
    const rows = JSON.parse(item.pings) as readonly Row[];
    return { region: writerRegion(writer), monitor: item.sk, seq: item.seq, pings: rows.map(pingOf) };
  } catch {
    return undefined;
  }
}

function pingOf([signal, at, rid, exitCode, said]: Row): Ping {
  return {
    signal,
    at: instant(at),
    ...(rid === null ? {} : { rid }),
    ...(exitCode === null ? {} : { exitCode }),
    ...(said === null ? {} : { said }),
  };
}
