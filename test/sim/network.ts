/**
 * The links between regions, one per direction and named by who calls. A call over a cut link is never answered:
 * the engine's own time limits must cope. A dark region swallows calls, or refuses them.
 */
import type { RegionId } from '../../src/core/basics/brand';
import type { Environment } from './environment';
import type { Events } from './events';
import type { Random } from './random';

export type Darkness = 'hangs' | 'refuses';
export interface Direction {
  readonly from: RegionId;
  readonly to: RegionId;
}

type Ended = () => void;

export class Network {
  /** Called whenever a link or a region comes back. */
  onHealed: () => void = () => undefined;
  private readonly events: Events;
  private readonly random: Random;
  private readonly cuts = new Map<string, number>();
  private readonly stalls = new Map<string, number>();
  private readonly darknesses = new Map<RegionId, Darkness[]>();
  private readonly baseRoundTrips = new Map<string, number>();

  constructor(events: Events, random: Random) {
    this.events = events;
    this.random = random;
  }

  /** Cuts calls and replication of one direction until the returned function is called. */
  cut(direction: Direction): Ended {
    return this.count(this.cuts, direction);
  }

  /** Stops replication of one direction; calls still go through. */
  stallReplication(direction: Direction): Ended {
    return this.count(this.stalls, direction);
  }

  darken(region: RegionId, darkness: Darkness): Ended {
    this.darknesses.set(region, [...(this.darknesses.get(region) ?? []), darkness]);
    return () => {
      const left = this.darknesses.get(region) ?? [];
      left.splice(left.indexOf(darkness), 1);
      this.onHealed();
    };
  }

  isDark(region: RegionId): boolean {
    return (this.darknesses.get(region)?.length ?? 0) > 0;
  }

  canCall(direction: Direction): boolean {
    if (this.isDark(direction.to) || this.isDark(direction.from)) return false;
    return direction.from === direction.to || !isCounted(this.cuts, direction);
  }

  canReplicate(direction: Direction): boolean {
    return this.canCall(direction) && !isCounted(this.stalls, direction);
  }

  /** Does `work` in another region (or this one) and brings back what it returned or threw. */
  call<T>(caller: Environment, to: RegionId, work: () => T): Promise<T> {
    const direction = { from: caller.region, to };
    const halfMs = this.roundTripMs(direction) / 2;
    return new Promise<T>((resolve, reject) => {
      this.events.quietlyIn(halfMs, () => {
        if (!this.canCall(direction)) return this.refuse(caller, to, reject);
        const answer = outcomeOf(work);
        this.events.in(halfMs, () => {
          if (!this.canCall(direction)) return;
          caller.deliver(answer.ok ? () => resolve(answer.value) : () => reject(answer.error));
        });
      });
    });
  }

  private refuse(caller: Environment, to: RegionId, reject: (error: Error) => void): void {
    if (this.darknesses.get(to)?.at(-1) !== 'refuses') return;
    this.events.in(1, () => caller.deliver(() => reject(new Error(`${to} refuses connections`))));
  }

  private count(counts: Map<string, number>, direction: Direction): Ended {
    const pair = pairOf(direction);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    return () => {
      const left = (counts.get(pair) ?? 1) - 1;
      if (left > 0) counts.set(pair, left);
      else counts.delete(pair);
      this.onHealed();
    };
  }

  private roundTripMs({ from, to }: Direction): number {
    if (from === to) return 4 + this.random.exponential(3);
    const pair = from < to ? `${from}|${to}` : `${to}|${from}`;
    const base = this.baseRoundTrips.get(pair) ?? this.random.between(25, 110);
    this.baseRoundTrips.set(pair, base);
    return base + this.random.exponential(6);
  }
}

/** Most of the time nothing is. */
const isCounted = (counts: ReadonlyMap<string, number>, direction: Direction): boolean => counts.size > 0 && counts.has(pairOf(direction));

const pairOf = ({ from, to }: Direction): string => `${from}>${to}`;

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function outcomeOf<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
