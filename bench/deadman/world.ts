/**
 * The world of the benchmark: the prober of region A and its watchdog, what they write, and when B and W could see it. Rates are
 * assumptions, the same for every detector. Times are milliseconds from the world's beginning.
 */
import { anyOf, type Blackouts, bothOf, drawBlackouts, type Rate } from './blackouts';
import { Random } from './random';

export interface Setting {
  readonly jitter: 'typical' | 'worst';
  /** How many times as often replication stalls, and links are lost. */
  readonly stalls: number;
  readonly links: number;
}

export interface Scale {
  readonly seed: number;
  readonly years: number;
  readonly cycleMs: number;
}

/** When a beat or a watch record was written, and when B's and W's replicas had it; infinite where that never happened. */
export interface Sign {
  readonly slotMs: number;
  readonly writtenAt: number;
  readonly atB: number;
  readonly atW: number;
}

const s = 1000;
const stallRates: readonly Rate[] = [
  { perYear: 24, medianMs: 20 * s, sigma: 1 },
  { perYear: 4, medianMs: 180 * s, sigma: 1 },
  { perYear: 0.3, medianMs: 9000 * s, sigma: 1 },
];
const linkRate: Rate = { perYear: 12, medianMs: 30 * s, sigma: 1 };
const isolationRate: Rate = { perYear: 2, medianMs: 20 * s, sigma: 1, capMs: 60 * s };
const missedTick = 1e-5;
const throttled = 1e-5;
/** An invocation that loops is killed after two minutes; so long before its last slot must have begun. */
const loopMs = 107 * s;
/** A round of short beats is cut so that the next slot is not delayed. */
const longestShortRoundMs = 8 * s;
/** The second of the minute at which a schedule fires stays the same for so many minutes. */
const steadyMinutes = 43_200;
const streams = { tick: 1, watchdogTick: 2, observer: 3, throttle: 7, offset: 8, crash: 50 } as const;

export class World {
  readonly linkAB: Blackouts;
  readonly linkAC: Blackouts;
  readonly linkCB: Blackouts;
  /** Nothing of A is reached, by B and by W: what is tolerated when it is short, and a reason to page when it is long. */
  readonly cutOff: Blackouts;
  private readonly replicaB: Blackouts;
  private readonly replicaW: Blackouts;
  private readonly random: Random;
  private readonly offsets: { readonly month: number; readonly offsetMs: number }[] = [];

  readonly scale: Scale;
  readonly setting: Setting;

  constructor(scale: Scale, setting: Setting) {
    this.scale = scale;
    this.setting = setting;
    this.random = new Random(scale.seed);
    const draw = (stream: number, rates: readonly Rate[], factor: number): Blackouts => {
      const scaled = rates.map((rate) => ({ ...rate, perYear: rate.perYear * factor }));
      return drawBlackouts(new Random(scale.seed).at(100 + stream, 0), scaled, scale.years);
    };
    const isolation = draw(0, [isolationRate], 1);
    this.linkAB = anyOf(draw(1, [linkRate], setting.links), isolation);
    this.linkAC = anyOf(draw(2, [linkRate], setting.links), isolation);
    this.linkCB = draw(3, [linkRate], setting.links);
    this.cutOff = bothOf(this.linkAB, this.linkAC);
    this.replicaB = anyOf(draw(4, stallRates, setting.stalls), this.linkAB);
    this.replicaW = anyOf(draw(5, stallRates, setting.stalls), this.linkAC);
  }

  /** The beat of a slot. */
  beat(index: number): Sign {
    return this.replicated(index * this.scale.cycleMs, this.writtenAt(index));
  }

  /** When the beat of a slot was written in A. */
  writtenAt(index: number): number {
    const { cycleMs } = this.scale;
    const slotMs = index * cycleMs;
    const isLooping = cycleMs < 60 * s;
    const tickAt = isLooping ? this.loopAt(slotMs) : this.tickAt(streams.tick, index);
    const { random } = this;
    random.at(streams.tick + 10, index);
    const roundMs = 300 + random.logNormal(300, 0.4) + (random.unit() < 0.03 ? 10 * s + 2 * s * random.unit() : 0);
    const coldMs = random.unit() < (isLooping ? 0.0005 : 0.003) ? 500 + 1500 * random.unit() : 0;
    return this.isThrottled(index) ? Number.POSITIVE_INFINITY : tickAt + (isLooping ? Math.min(roundMs, longestShortRoundMs) : roundMs) + coldMs;
  }

  /** How long after the minute the schedule of A's prober fires. */
  tickLatenessMs(minute: number): number {
    return this.tickAt(streams.tick, minute) - minute * 60 * s;
  }

  isThrottled(index: number): boolean {
    return this.random.at(streams.throttle, index).unit() < throttled;
  }

  /** The watch record that A's watchdog writes: every 5 s where it loops, else half a minute after the tick. */
  vigil(index: number): Sign {
    const isLooping = this.scale.cycleMs < 60 * s;
    const tickAt = isLooping ? index * 5 * s : this.tickAt(streams.watchdogTick, index) + 30 * s;
    this.random.at(streams.watchdogTick + 10, index);
    const writtenAt = tickAt + 100 + this.random.exponential(200);
    return this.replicated(Math.floor(writtenAt / s) * s, writtenAt);
  }

  /** When the schedule of a function of another region fires in a minute. */
  observerTickAt(which: number, minute: number): number {
    return this.tickAt(streams.observer + which, minute);
  }

  /** Draws of one crash; the same for every detector. */
  crashDraws(trial: number): Random {
    return new Random(this.scale.seed).at(streams.crash, trial);
  }

  private tickAt(stream: number, minute: number): number {
    const { random } = this;
    const offsetMs = this.offsetOf(stream, Math.floor(minute / steadyMinutes));
    random.at(stream, minute);
    if (random.unit() < missedTick) return Number.POSITIVE_INFINITY;
    const lateMs = random.unit() < 2e-5 ? random.exponential(20 * s) : 0;
    if (this.setting.jitter === 'worst') return minute * 60 * s + 59 * s * random.unit() + lateMs;
    const rareMs = (random.unit() < 0.01 ? 5 * s * random.unit() : 0) + (random.unit() < 0.001 ? 59 * s * random.unit() : 0);
    return minute * 60 * s + offsetMs + random.exponential(300) + rareMs + lateMs;
  }

  private offsetOf(stream: number, month: number): number {
    const known = this.offsets[stream];
    if (known?.month === month) return known.offsetMs;
    const offsetMs = this.random.at(streams.offset + stream * 100, month).unit() * 5 * s;
    this.offsets[stream] = { month, offsetMs };
    return offsetMs;
  }

  /** A slot runs in time while an invocation of the last two minutes loops; else with the next one that comes. */
  private loopAt(slotMs: number): number {
    const minute = Math.floor(slotMs / (60 * s));
    for (let before = 0; before <= 2; before += 1) {
      const tickAt = this.tickAt(streams.tick, minute - before);
      if (tickAt <= slotMs && slotMs < tickAt + loopMs) return slotMs;
    }
    const next = Math.min(
      this.tickAt(streams.tick, minute),
      this.tickAt(streams.tick, minute - 1) > slotMs ? this.tickAt(streams.tick, minute - 1) : Number.POSITIVE_INFINITY,
    );
    return next < slotMs + this.scale.cycleMs ? next : Number.POSITIVE_INFINITY;
  }

  private replicated(slotMs: number, writtenAt: number): Sign {
    if (writtenAt === Number.POSITIVE_INFINITY) return { slotMs, writtenAt, atB: writtenAt, atW: writtenAt };
    const lagB = this.random.logNormal(700, 0.5);
    const lagW = this.random.logNormal(700, 0.5);
    return { slotMs, writtenAt, atB: this.replicaB.passes(writtenAt) + lagB, atW: this.replicaW.passes(writtenAt) + lagW };
  }
}
