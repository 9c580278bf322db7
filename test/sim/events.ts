/** Virtual time: what happens next is the earliest event, and of two at the same millisecond the one that was planned first. */
export interface Planned {
  cancel(): void;
}

class Event implements Planned {
  readonly at: number;
  readonly sequence: number;
  readonly wakes: boolean;
  run: (() => void) | undefined;

  constructor(at: number, sequence: number, wakes: boolean, run: () => void) {
    this.at = at;
    this.sequence = sequence;
    this.wakes = wakes;
    this.run = run;
  }

  cancel(): void {
    this.run = undefined;
  }
}

export class Events {
  /** Milliseconds since 1970-01-01 UTC; whole, as a clock shows them. */
  now: number;
  /** A fingerprint of when everything happened, equal for equal runs. */
  digest = 0;
  private readonly heap: Event[] = [];
  private sequence = 0;

  constructor(startsAt: number) {
    this.now = startsAt;
  }

  /** Plans something that may wake the engine: every promise it settles is followed to its end before time moves. */
  in(ms: number, run: () => void): Planned {
    return this.plan(ms, run, true);
  }

  /** Plans something that only changes the world, so that nobody has to be waited for. */
  quietlyIn(ms: number, run: () => void): Planned {
    return this.plan(ms, run, false);
  }

  async runUntil(end: number): Promise<void> {
    for (let next = this.heap[0]; next !== undefined && next.at <= end; next = this.heap[0]) {
      this.removeFirst();
      if (next.run === undefined) continue;
      this.now = next.at;
      this.digest = Math.imul(this.digest ^ (next.at + next.sequence), 0x01000193) ^ (this.digest >>> 15);
      next.run();
      if (next.wakes) await nextTick();
    }
    this.now = end;
  }

  private plan(ms: number, run: () => void, wakes: boolean): Planned {
    const event = new Event(this.now + Math.max(0, Math.round(ms)), this.sequence, wakes, run);
    this.sequence += 1;
    this.insert(event);
    return event;
  }

  private insert(event: Event): void {
    const { heap } = this;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isEarlier(parent, event)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  private removeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const child = this.earlierChild(index);
      const candidate = heap[child];
      if (candidate === undefined || isEarlier(last, candidate)) break;
      heap[index] = candidate;
      index = child;
    }
    heap[index] = last;
  }

  private earlierChild(index: number): number {
    const left = this.heap[2 * index + 1];
    const right = this.heap[2 * index + 2];
    return left !== undefined && right !== undefined && isEarlier(right, left) ? 2 * index + 2 : 2 * index + 1;
  }
}

const isEarlier = (one: Event, other: Event): boolean => (one.at !== other.at ? one.at < other.at : one.sequence < other.sequence);

/** Every microtask has run before the next tick; the event loop, which costs more than most events, does not turn. */
const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
