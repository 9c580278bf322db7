/** What the watchdogs of a run found of everybody, counted each time it changed: a storm that never reaches a state proves nothing about it. */
import type { RegionId } from '../../src/core/basics/brand';
import { decodeWatch } from '../../src/core/watch-record';
import type { Write } from './table';

export type Counts = Readonly<Record<string, number>>;

export class Census {
  private readonly counts: Record<string, number> = {};
  private readonly last = new Map<string, string>();

  /** Reads the watch records among the writes. */
  see({ writer, item }: Write): void {
    const found = item.pk.startsWith('WATCH#') ? decodeWatch(item) : undefined;
    if (found === undefined) return;
    this.note(writer, 'itself', found.self);
    for (const { region, state } of found.peers) this.note(writer, `prober of ${region}`, state);
    for (const { region, state } of found.watchdogs) this.note(writer, `watchdog of ${region}`, `watchdog ${state}`);
  }

  get watchStates(): Counts {
    return this.counts;
  }

  private note(observer: RegionId, of: string, state: string): void {
    const name = `${observer} ${of}`;
    if (this.last.get(name) === state) return;
    this.last.set(name, state);
    const counted = of === 'itself' ? `self ${state}` : state;
    this.counts[counted] = (this.counts[counted] ?? 0) + 1;
  }
}

export function countOf(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Each name with the sum of its counts, the most frequent first. */
export function sumOf(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {};
  for (const counts of all) for (const [name, times] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + times;
  return Object.fromEntries(Object.entries(sums).sort(([one, times], [other, others]) => others - times || (one < other ? -1 : 1)));
}
