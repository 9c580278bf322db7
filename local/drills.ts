/** Faults put in on purpose. Whatever ends a drill, it is undone, once. */
import type { RegionId } from '../src/core/basics/brand';
import type { LocalSystem } from './local-system';

export type DrillOrder =
  | { readonly kind: 'kill'; readonly region: RegionId }
  /** In both directions. */
  | { readonly kind: 'cut'; readonly from: RegionId; readonly to: RegionId };

export interface DrillView {
  readonly id: string;
  readonly kind: DrillOrder['kind'];
  readonly what: string;
  /** ISO time. */
  readonly startedAt: string;
}

export interface Drill extends DrillView {
  /** Resolves when it was undone, with the problem where that failed. */
  readonly undone: Promise<string | undefined>;
}

export type Begun = { readonly kind: 'begun'; readonly drill: Drill } | { readonly kind: 'refused'; readonly sentence: string };

/** What a drill does to the system; of the real one only this much is needed. */
export type Drilled = Pick<LocalSystem, 'regions' | 'darken' | 'bringBack' | 'setLink' | 'isCut'>;

interface Running {
  readonly drill: Drill;
  readonly order: DrillOrder;
  readonly undo: () => Promise<void>;
}

export class Drills {
  readonly #system: Drilled;
  readonly #running = new Map<string, Running>();
  #count = 0;

  constructor(system: Drilled) {
    this.#system = system;
  }

  list(): readonly DrillView[] {
    return [...this.#running.values()].map(({ drill: { id, kind, what, startedAt } }) => ({ id, kind, what, startedAt }));
  }

  async begin(order: DrillOrder): Promise<Begun> {
    const sentence = this.#objectionTo(order);
    if (sentence !== undefined) return { kind: 'refused', sentence };
    const running = this.#enter(order);
    await putIn(this.#system, order);
    return { kind: 'begun', drill: running.drill };
  }

  /** False when no such drill runs. */
  async end(id: string): Promise<boolean> {
    const running = this.#running.get(id);
    if (running === undefined) return false;
    await running.undo();
    return true;
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.end(id)));
  }

  #objectionTo(order: DrillOrder): string | undefined {
    const rival = [...this.#running.values()].find((running) => subjectOf(running.order) === subjectOf(order));
    if (rival !== undefined) return `the drill "${rival.drill.what}" is on since ${rival.drill.startedAt}; end it first`;
    if (order.kind === 'kill') {
      const isDark = this.#system.regions().some(({ name, state }) => name === order.region && state === 'dark');
      return isDark ? `${order.region} is dark already; bring it back first` : undefined;
    }
    const isCut = this.#system.isCut(order.from, order.to) || this.#system.isCut(order.to, order.from);
    return isCut ? `the link of ${order.from} and ${order.to} is cut already; heal it first` : undefined;
  }

  #enter(order: DrillOrder): Running {
    this.#count += 1;
    const id = String(this.#count);
    let settle: (problem: string | undefined) => void = () => undefined;
    const undone = new Promise<string | undefined>((resolve) => {
      settle = resolve;
    });
    let undoing: Promise<void> | undefined;
    const undo = (): Promise<void> => {
      undoing ??= takeOut(this.#system, order).then((problem) => {
        this.#running.delete(id);
        settle(problem);
      });
      return undoing;
    };
    const running = { drill: { id, kind: order.kind, what: whatOf(order), startedAt: new Date().toISOString(), undone }, order, undo };
    this.#running.set(id, running);
    return running;
  }
}

async function putIn(system: Drilled, order: DrillOrder): Promise<void> {
  if (order.kind === 'kill') await system.darken(order.region);
  else setBoth(system, order, true);
}

async function takeOut(system: Drilled, order: DrillOrder): Promise<string | undefined> {
  if (order.kind === 'cut') {
    setBoth(system, order, false);
    return undefined;
  }
  try {
    await system.bringBack(order.region);
    return undefined;
  } catch (error) {
    return `${order.region} could not be brought back: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function setBoth(system: Drilled, { from, to }: Extract<DrillOrder, { kind: 'cut' }>, cut: boolean): void {
  system.setLink({ from, to, cut });
  system.setLink({ from: to, to: from, cut });
}

/** Two drills on one subject would undo each other. */
const subjectOf = (order: DrillOrder): string => (order.kind === 'kill' ? order.region : [order.from, order.to].sort().join(' '));

const whatOf = (order: DrillOrder): string => (order.kind === 'kill' ? order.region : `${order.from} ⇄ ${order.to}`);
