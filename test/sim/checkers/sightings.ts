/** Who did what when, and who had any way to hear of it: the history of a run, in the order of its questions. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Claim, Deed, History, Round, Sign } from '../history';

/** Times, ascending, in milliseconds since the story began. */
type Times = readonly number[];

export class Sightings {
  private readonly history: History;
  private readonly known = new Map<string, Times>();
  private readonly heard = new Map<string, readonly Heard[]>();

  constructor(history: History) {
    this.history = history;
  }

  /** Rounds that a region finished. */
  rounds(of: RegionId): Times {
    return this.once(`rounds ${of}`, () => timesOf(this.history.rounds, of));
  }

  /** Those of them whose head was stored: by it others know that they were finished. */
  shownRounds(of: RegionId): readonly Round[] {
    return this.shown.filter(({ region }) => region === of);
  }

  /** Records that a region's watchdog wrote. */
  vigils(of: RegionId): Times {
    return this.once(`vigils ${of}`, () => timesOf(this.history.vigils, of));
  }

  /** For how long at most `by` could know of no newer round, up to some time between `recent` and `at`. A prober knows its own at once. */
  longestWithoutRound(of: RegionId, by: RegionId, time: Moment): number {
    return longestUnheard(
      this.heardOnce(`rounds ${of} ${by}`, () => heardOf(this.shown, of, (round) => (by === of ? round.at : round.heardAt.get(by)))),
      time,
    );
  }

  /** The same of records of its watchdog. */
  longestWithoutVigil(of: RegionId, by: RegionId, time: Moment): number {
    return longestUnheard(
      this.heardOnce(`vigils ${of} ${by}`, () => heardOf(this.history.vigils, of, ({ heardAt }) => heardAt.get(by))),
      time,
    );
  }

  /** Rounds that a region began. */
  claims(of: RegionId): Times {
    return this.once(`claims ${of}`, () => timesOf(this.history.claims, of));
  }

  /** The same, with the slots that they were begun for. */
  claimed(of: RegionId): readonly Claim[] {
    return this.history.claims.filter(({ region }) => region === of);
  }

  /** When a region looked around. Whoever can write nothing is not blind: where it can again, it has watched all the same. */
  looks(of: RegionId): Times {
    return this.once(`looks ${of}`, () => [...this.rounds(of), ...this.vigils(of), ...timesOf(this.history.looks, of)].sort((one, other) => one - other));
  }

  /** When a region asked to look around, whatever it was answered. */
  questions(of: RegionId): Times {
    return this.once(`questions ${of}`, () => timesOf(this.history.questions, of));
  }

  private get shown(): readonly Round[] {
    return this.history.rounds.filter(({ isShown }) => isShown);
  }

  private heardOnce(name: string, find: () => readonly Heard[]): readonly Heard[] {
    const found = this.heard.get(name) ?? find();
    this.heard.set(name, found);
    return found;
  }

  private once(name: string, find: () => Times): Times {
    const times = this.known.get(name) ?? find();
    this.known.set(name, times);
    return times;
  }
}

const timesOf = (deeds: readonly Deed[], of: RegionId): Times => deeds.filter((deed) => deed.region === of).map((deed) => deed.at);

/** What one region could come to know of, in the order in which it could. */
interface Heard {
  readonly at: number;
  readonly heardAt: number;
}

function heardOf(signs: readonly Sign[], of: RegionId, knownAtOf: (sign: Sign) => number | undefined): readonly Heard[] {
  const heard = signs.flatMap((sign): Heard[] => {
    const knownAt = knownAtOf(sign);
    return sign.region === of && knownAt !== undefined ? [{ at: sign.at, heardAt: knownAt }] : [];
  });
  return heard.sort((one, other) => one.heardAt - other.heardAt);
}

interface Moment {
  readonly recent: number;
  readonly at: number;
}

/** How old the newest that was known had become before a newer one was, or at `at`. */
function longestUnheard(heard: readonly Heard[], { recent, at }: Moment): number {
  let newest = 0;
  let longestMs = 0;
  for (const sign of heard) {
    if (sign.heardAt > at) break;
    if (sign.heardAt >= recent) longestMs = Math.max(longestMs, sign.heardAt - newest);
    newest = Math.max(newest, sign.at);
  }
  return Math.max(longestMs, at - newest);
}

/** How many of these times are not after `at`. */
export function countUpTo(times: Times, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest pause that ends after `recent`: between neighbours, or from the last one to `at`. */
export function longestPause(times: Times, { recent, at }: Moment): number {
  const end = countUpTo(times, at);
  const begin = Math.max(0, countUpTo(times, recent) - 1);
  const marks = [...(begin === 0 ? [0] : []), ...times.slice(begin, end), at];
  return Math.max(0, ...marks.slice(1).map((time, index) => (time >= recent ? time - (marks[index] ?? time) : 0)));
}
