/**
 * S5: every key is written by the region it names, and what is numbered only grows. S6: nothing old is recorded as current, nothing as of a time to
 * come, and no round twice.
 */
import type { RegionId } from '../../../src/core/basics/brand';
import { second } from '../../../src/core/basics/time';
import { decodeBeat } from '../../../src/core/beat';
import { type Item, writerIn } from '../../../src/core/table';
import type { Write } from '../table';
import type { Checker, Evidence, Violation } from './evidence';
import { harmedTimes } from './harm';
import { touches } from './intervals';

/** A slot that is older than this may not be recorded as current. */
const staleMs = 90 * second;
/** The longest that a round takes. */
const roundMs = 60 * second;

/** An event comes in its minute or later, by the time that is; slots are whole seconds. */
const earlyMs = second;

interface Clocks {
  /** The time, in milliseconds since 1970. */
  readonly now: () => number;
  /** What a region believes it to be. */
  readonly read: (region: RegionId) => number;
}

interface Skew {
  readonly ms: number;
  readonly since: number;
  readonly before: number;
}

/** Sees every write at the moment it is accepted. */
export class WriteChecker {
  readonly violations: Violation[] = [];
  /** Rounds of slots that were recorded before, by another round. */
  readonly repeated: { readonly at: number; readonly firstAt: number; readonly region: RegionId; readonly what: string }[] = [];
  /** Rounds that were recorded before their slot began. */
  readonly early: { readonly at: number; readonly region: RegionId; readonly what: string }[] = [];
  private readonly newest = new Map<string, number>();
  /** The first breach of a key tells enough. */
  private readonly reported = new Set<string>();
  private readonly rounds = new Map<string, { readonly item: Item; readonly at: number }>();
  private readonly skews = new Map<RegionId, Skew>();
  private readonly clocks: Clocks;

  constructor(clocks: Clocks) {
    this.clocks = clocks;
  }

  see(write: Write, at: number): void {
    this.checkWriter(write, at);
    this.checkGrowth(write, at);
    if (write.item.pk.startsWith('HEAD#') || write.item.pk.startsWith('BEAT#')) this.checkAge(write, at);
    if (write.item.pk.startsWith('BEAT#')) this.checkRepetition(write, at);
    if (write.item.pk.startsWith('BEAT#')) this.checkEarliness(write, at);
  }

  private checkWriter({ writer, replica, item }: Write, at: number): void {
    const named = writerIn(item.pk);
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

  /** A slot is numbered by the clock of its region, which may have been set while the round went on. */
  private checkAge({ item, writer }: Write, at: number): void {
    const { ms, since, before } = this.skewOf(writer);
    const now = this.clocks.now();
    const skews = now - since <= staleMs + roundMs ? [ms, before] : [ms];
    const ageMs = Math.min(...skews.map((skew) => now + skew - Number(item.seq) * second));
    if (ageMs > staleMs + roundMs) this.violate('S6', at, `${item.pk} recorded a slot that was ${Math.round(ageMs / second)} s old`);
  }

  private checkEarliness({ item, writer }: Write, at: number): void {
    const inMs = Number(item.seq) * second - this.clocks.now();
    if (inMs > earlyMs)
      this.early.push({ at, region: writer, what: `${writer} recorded the slot ${item.seq}, which begins in ${Math.round(inMs / second)} s` });
  }

  private skewOf(region: RegionId): Skew {
    const now = this.clocks.now();
    const ms = this.clocks.read(region) - now;
    const known = this.skews.get(region);
    if (known !== undefined && known.ms === ms) return known;
    const skew = { ms, since: known === undefined ? 0 : now, before: known?.ms ?? ms };
    this.skews.set(region, skew);
    return skew;
  }

  private checkRepetition({ item, writer }: Write, at: number): void {
    const slot = `${writer} ${item.seq}`;
    const before = this.rounds.get(slot);
    if (before !== undefined && begunAt(before.item) !== begunAt(item))
      this.repeated.push({ at, firstAt: before.at, region: writer, what: `${writer} recorded the slot ${item.seq} twice` });
    this.rounds.set(slot, { item, at });
  }

  private violate(promise: string, at: number, what: string): void {
    this.violations.push({ promise, at, what });
  }
}

const begunAt = (beat: Item): number | undefined => decodeBeat(beat)?.startedAt;

/** Whoever cannot claim a slot goes ahead all the same, the first time or the second: twice is harmless. */
export const recordedOnce =
  (repeated: WriteChecker['repeated']): Checker =>
  ({ harms, config }: Evidence) =>
    repeated.flatMap(({ at, firstAt, region, what }) => {
      const couldNotClaim = harmedTimes(harms, region, ['store', 'rights']).some((harm) =>
        [firstAt, at].some((ends) => touches(harm, { begins: ends - staleMs - config.beatIntervalMs, ends })),
      );
      return couldNotClaim ? [] : [{ promise: 'S6', at, what }];
    });

/** Each event has its minute, and each loop runs its slot in its turn; but a clock that is or was fast names slots ahead. */
export const recordedInTime =
  (early: WriteChecker['early']): Checker =>
  ({ harms }: Evidence) =>
    early.flatMap(({ at, region, what }) => (harmedTimes(harms, region, ['clock']).length > 0 ? [] : [{ promise: 'S6', at, what }]));
