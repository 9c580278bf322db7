/** S5: every key is written by the region it names, and what is numbered only grows. S6: nothing old is recorded as current. */
import { second } from '../../../src/core/basics/time';
import type { Write } from '../table';
import type { Violation } from './evidence';

/** A slot that is older than this may not be recorded as current. */
const staleMs = 90 * second;
/** The longest that a round takes. */
const roundMs = 60 * second;

/** Sees every write at the moment it is accepted. */
export class WriteChecker {
  readonly violations: Violation[] = [];
  private readonly newest = new Map<string, number>();
  /** The first breach of a key tells enough. */
  private readonly reported = new Set<string>();
  private readonly startsAt: number;

  constructor(startsAt: number) {
    this.startsAt = startsAt;
  }

  see(write: Write, at: number): void {
    this.checkWriter(write, at);
    this.checkGrowth(write, at);
    this.checkAge(write, at);
  }

  private checkWriter({ writer, replica, item }: Write, at: number): void {
    const named = item.pk.split('#')[1];
    const allowed = writer === replica ? writer : `${writer}@${replica}`;
    if (named !== allowed) this.violate('S5', at, `${writer} wrote ${item.pk} into the replica of ${replica}`);
  }

  private checkGrowth({ item }: Write, at: number): void {
    const { seq, pk, sk } = item;
    if (typeof seq !== 'number') return;
    const key = `${pk}/${sk}`;
    const before = this.newest.get(key);
    if (before !== undefined && seq <= before && !this.reported.has(key)) {
      this.reported.add(key);
      this.violate('S5', at, `${key} went from ${before} to ${seq}`);
    }
    this.newest.set(key, seq);
  }

  private checkAge({ item }: Write, at: number): void {
    if (!item.pk.startsWith('HEAD#') && !item.pk.startsWith('BEAT#')) return;
    const ageMs = this.startsAt + at - Number(item.seq) * second;
    if (ageMs > staleMs + roundMs) this.violate('S6', at, `${item.pk} recorded a slot that was ${Math.round(ageMs / second)} s old`);
  }

  private violate(promise: string, at: number, what: string): void {
    this.violations.push({ promise, at, what });
  }
}
