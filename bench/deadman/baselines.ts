/** The detectors that ours is held against. Each is fed beat by beat and says when it would page if nothing more came. */
import type { Seen } from './arrivals';

export interface Detector {
  readonly name: string;
  /** Takes a beat in. */
  feed(beat: Seen): void;
  /** When it pages if no later beat comes. */
  pagesAt(): number;
  /** When the beat counts for it, which is when it would have to be there to prevent the page. */
  countsAt(beat: Seen): number;
}

const second = 1000;
const minute = 60 * second;

/** How the evaluations of an alarm, and of a timer of the healthchecks kind, fall into the minute. */
export interface Phases {
  minuteMs: number;
  lookMs: number;
}

export function baselines(phases: Phases): readonly Detector[] {
  const alarms = [1, 2, 3].flatMap((periods) => [new CloudWatchAlarm(periods, false, phases), new CloudWatchAlarm(periods, true, phases)]);
  const timers = [90, 120, 300].map((seconds) => new FixedTimer(seconds, phases));
  const accruals = [new PhiAccrual(8, 5.612, phases), new PhiAccrual(12, 7.0345, phases)];
  return [...alarms, ...timers, ...accruals, ...[15, 60, 75].map((alpha) => new NfdE(alpha, phases))];
}

/** The first time of a grid that is not before `at`. */
const onGrid = (at: number, cycleMs: number, phaseMs: number): number => Math.ceil((at - phaseMs) / cycleMs) * cycleMs + phaseMs;

/** N of N periods missing means N + 2 empty ones, since the evaluation range is wider than the alarm; FILL makes it N. */
class CloudWatchAlarm implements Detector {
  readonly name: string;
  private newestMinute = Number.NEGATIVE_INFINITY;
  private readonly empty: number;

  private readonly phases: Phases;

  constructor(periods: number, isFilled: boolean, phases: Phases) {
    this.phases = phases;
    this.name = `CloudWatch ${periods}/${periods}${isFilled ? ' +FILL' : ''}`;
    this.empty = isFilled ? periods : periods + 2;
  }

  feed({ publishedAt }: Seen): void {
    if (publishedAt < Number.POSITIVE_INFINITY) this.newestMinute = Math.max(this.newestMinute, Math.floor(publishedAt / minute));
  }

  pagesAt(): number {
    return onGrid((this.newestMinute + 1 + this.empty) * minute, minute, this.phases.minuteMs);
  }

  /** A metric is of the minute it was published in, which is evaluated once it is over. */
  countsAt({ publishedAt }: Seen): number {
    return onGrid((Math.floor(publishedAt / minute) + 1) * minute, minute, this.phases.minuteMs);
  }
}

/** A ping is due within a fixed time of the one before, and overdue pings are looked for every minute. */
class FixedTimer implements Detector {
  readonly name: string;
  private lastAt = Number.NEGATIVE_INFINITY;

  private readonly seconds: number;
  private readonly phases: Phases;

  constructor(seconds: number, phases: Phases) {
    this.seconds = seconds;
    this.phases = phases;
    this.name = `fixed ${seconds} s`;
  }

  feed({ seenAt }: Seen): void {
    if (seenAt < Number.POSITIVE_INFINITY) this.lastAt = Math.max(this.lastAt, seenAt);
  }

  pagesAt(): number {
    return onGrid(this.lastAt + this.seconds * second, minute, this.phases.minuteMs);
  }

  countsAt({ seenAt }: Seen): number {
    return seenAt;
  }
}

/** φ-accrual: a normal tail over the latest thousand inter-arrival times, and an acceptable pause of 10 s. */
class PhiAccrual implements Detector {
  readonly name: string;
  private lastAt = Number.NaN;
  private readonly intervals = new Float64Array(1000);
  private count = 0;
  private sum = 0;
  private squares = 0;

  private readonly deviations: number;
  private readonly phases: Phases;

  constructor(phi: number, deviations: number, phases: Phases) {
    this.deviations = deviations;
    this.phases = phases;
    this.name = `φ-accrual ${phi}`;
  }

  feed({ seenAt }: Seen): void {
    if (seenAt === Number.POSITIVE_INFINITY || seenAt <= this.lastAt) return;
    if (!Number.isNaN(this.lastAt)) this.add(seenAt - this.lastAt);
    this.lastAt = seenAt;
  }

  private add(interval: number): void {
    const place = this.count % this.intervals.length;
    const before = this.intervals[place] ?? 0;
    this.intervals[place] = interval;
    this.sum += interval - before;
    this.squares += interval * interval - before * before;
    this.count += 1;
  }

  pagesAt(): number {
    const size = Math.min(this.count, this.intervals.length);
    if (size === 0) return Number.POSITIVE_INFINITY;
    const mean = this.sum / size;
    const sigma = Math.max(100, Math.sqrt(Math.max(0, this.squares / size - mean * mean)));
    return onGrid(this.lastAt + mean + 10 * second + this.deviations * sigma, 5 * second, this.phases.lookMs);
  }

  countsAt({ seenAt }: Seen): number {
    return seenAt;
  }
}

/** NFD-E on one path: the mean lag of the latest hundred beats, and a fixed margin. */
class NfdE implements Detector {
  readonly name: string;
  private newestSlot = Number.NEGATIVE_INFINITY;
  private readonly lags = new Float64Array(100);
  private count = 0;
  private sum = 0;

  private readonly alpha: number;
  private readonly phases: Phases;

  constructor(alpha: number, phases: Phases) {
    this.alpha = alpha;
    this.phases = phases;
    this.name = `NFD-E α=${alpha} s`;
  }

  feed({ slotMs, seenAt }: Seen): void {
    if (seenAt === Number.POSITIVE_INFINITY) return;
    this.newestSlot = Math.max(this.newestSlot, slotMs);
    const lag = seenAt - slotMs;
    if (lag > 2 * minute) return;
    const place = this.count % this.lags.length;
    this.sum += lag - (this.lags[place] ?? 0);
    this.lags[place] = lag;
    this.count += 1;
  }

  pagesAt(): number {
    const lag = this.sum / Math.max(1, Math.min(this.count, this.lags.length));
    return onGrid(this.newestSlot + minute + lag + this.alpha * second, 5 * second, this.phases.lookMs);
  }

  countsAt({ seenAt }: Seen): number {
    return seenAt;
  }
}
