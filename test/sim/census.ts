/** What the watchdogs of a run found of everybody, counted each time it changed: a storm that never reaches a state proves nothing about it. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Write } from './table';

export type Counts = Readonly<Record<string, number>>;

interface Found {
  readonly self?: string;
  readonly peers?: readonly Named[];
  readonly watchdogs?: readonly Named[];
}
interface Named {
  readonly region: string;
  readonly state: string;
}

export class Census {
  private readonly counts: Record<string, number> = {};
  private readonly signatures = new Map<RegionId, string>();
  private readonly last = new Map<string, string>();

  /** Reads the watch records among the writes, and those only where a state in them has changed. */
  see({ writer, item }: Write): void {
    if (!item.pk.startsWith('WATCH#') || typeof item.body !== 'string') return;
    const signature = (item.body.match(/"(?:state|self)":"[^"]*"/g) ?? []).join();
    if (this.signatures.get(writer) === signature) return;
    this.signatures.set(writer, signature);
    const found: Found = JSON.parse(item.body);
    if (found.self !== undefined) this.note(writer, 'itself', found.self);
    for (const { region, state } of found.peers ?? []) this.note(writer, `prober of ${region}`, state);
    for (const { region, state } of found.watchdogs ?? []) this.note(writer, `watchdog of ${region}`, `watchdog ${state}`);
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
