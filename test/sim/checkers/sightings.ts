/** Who did what when, and who had any way to hear of it: the history of a run, in the order of its questions. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Deed, History, Round } from '../history';

/** Times, ascending, in milliseconds since the story began. */
type Times = readonly number[];

export class Sightings {
  private readonly history: History;
  private readonly known = new Map<string, Times>();

  constructor(history: History) {
    this.history = history;
  }

  /** Rounds that a region finished; `heardBy`: only those that this one could have heard of, as it could of all its own. */
  rounds(of: RegionId, heardBy?: RegionId): Times {
    return this.once(`rounds ${of} ${heardBy ?? ''}`, () => timesOf(this.history.rounds, of, heardBy));
  }

  /** Records that a region's watchdog wrote. */
  vigils(of: RegionId, heardBy?: RegionId): Times {
    return this.once(`vigils ${of} ${heardBy ?? ''}`, () => timesOf(this.history.vigils, of, heardBy));
  }

  /** Rounds that a region began. */
  claims(of: RegionId): Times {
    return this.once(`claims ${of}`, () => timesOf(this.history.claims, of));
  }

  /** When a region is known to have looked around: after each round, and at each vigil. */
  looks(of: RegionId): Times {
    return this.once(`looks ${of}`, () => [...this.rounds(of), ...this.vigils(of)].sort((one, other) => one - other));
  }

  private once(name: string, find: () => Times): Times {
    const times = this.known.get(name) ?? find();
    this.known.set(name, times);
    return times;
  }
}

function timesOf(deeds: readonly (Deed | Round)[], of: RegionId, heardBy?: RegionId): Times {
  const isHeard = (deed: Deed | Round): boolean => heardBy === undefined || heardBy === of || ('heardBy' in deed && deed.heardBy.has(heardBy));
  return deeds.filter((deed) => deed.region === of && isHeard(deed)).map((deed) => deed.at);
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
export function longestPause(times: Times, { recent, at }: { readonly recent: number; readonly at: number }): number {
  const end = countUpTo(times, at);
  const begin = Math.max(0, countUpTo(times, recent) - 1);
  const marks = [...(begin === 0 ? [0] : []), ...times.slice(begin, end), at];
  return Math.max(0, ...marks.slice(1).map((time, index) => (time >= recent ? time - (marks[index] ?? time) : 0)));
}
