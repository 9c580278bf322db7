/** Faults put in on purpose, one at a time. Whatever ends a drill, it is undone, once; whoever drives it must say again and again that it goes on. */
import { type Drilled, putIn, takeOut } from './inflict';
import { type DrillOrder, whatOf } from './order';
import { type Clocks, machineClocks, Wakefulness } from './wakefulness';

export interface DrillView {
  readonly id: string;
  readonly kind: DrillOrder['kind'];
  readonly what: string;
  /** ISO time. */
  readonly startedAt: string;
}

/** How a drill ended. */
export interface Undone {
  /** Why it was ended by the system itself. */
  readonly because?: string | undefined;
  /** What is not as it was before. */
  readonly problem?: string | undefined;
}

export interface Drill extends DrillView {
  readonly undone: Promise<Undone>;
}

export type Begun = { readonly kind: 'begun'; readonly drill: Drill } | { readonly kind: 'refused'; readonly sentence: string };

export interface DrillsParts {
  readonly system: Drilled;
  readonly clocks?: Clocks;
  /** So long a drill goes on without a word of whoever drives it. */
  readonly renewalMs?: number;
  readonly lookMs?: number;
}

interface Running {
  readonly drill: Drill;
  readonly wakefulness: Wakefulness;
  renewedMs: number;
  readonly undo: (because?: string) => Promise<void>;
}

export class Drills {
  readonly #system: Drilled;
  readonly #clocks: Clocks;
  readonly #renewalMs: number;
  readonly #lookMs: number;
  #running: Running | undefined;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor({ system, clocks = machineClocks, renewalMs = 15_000, lookMs = 1000 }: DrillsParts) {
    this.#system = system;
    this.#clocks = clocks;
    this.#renewalMs = renewalMs;
    this.#lookMs = lookMs;
  }

  list(): readonly DrillView[] {
    if (this.#running === undefined) return [];
    const { id, kind, what, startedAt } = this.#running.drill;
    return [{ id, kind, what, startedAt }];
  }

  async begin(order: DrillOrder): Promise<Begun> {
    const sentence = this.#objectionTo(order);
    if (sentence !== undefined) return { kind: 'refused', sentence };
    const running = this.#enter(order);
    try {
      await putIn(this.#system, order);
    } catch (error) {
      await running.undo();
      throw error;
    }
    return { kind: 'begun', drill: running.drill };
  }

  /** False when no such drill runs. */
  renew(id: string): boolean {
    if (this.#running?.drill.id !== id) return false;
    this.#running.renewedMs = this.#clocks.steadyMs();
    return true;
  }

  /** False when no such drill runs. */
  async end(id: string): Promise<boolean> {
    if (this.#running?.drill.id !== id) return false;
    await this.#running.undo();
    return true;
  }

  async endAll(): Promise<void> {
    await this.#running?.undo();
  }

  #objectionTo(order: DrillOrder): string | undefined {
    if (this.#running !== undefined) {
      const { kind, what, startedAt } = this.#running.drill;
      return `the drill "${kind} ${what}" is on since ${startedAt}; one at a time: end it first`;
    }
    const isCut = order.kind === 'cut' && (this.#system.isCut(order.from, order.to) || this.#system.isCut(order.to, order.from));
    if (isCut) return `the link of ${order.from} and ${order.to} is cut already; heal it first`;
    const dark = this.#system.regions().find(({ name, state }) => state === 'dark' && namesOf(order).includes(name));
    return dark === undefined ? undefined : `${dark.name} is dark already; bring it back first`;
  }

  #enter(order: DrillOrder): Running {
    this.#count += 1;
    const id = String(this.#count);
    let settle: (undone: Undone) => void = () => undefined;
    const undone = new Promise<Undone>((resolve) => {
      settle = resolve;
    });
    let undoing: Promise<void> | undefined;
    const undo = (because?: string): Promise<void> => {
      clearInterval(this.#timer);
      undoing ??= takeOut(this.#system, order).then((problem) => {
        this.#running = undefined;
        settle({ because, problem });
      });
      return undoing;
    };
    const drill = { id, kind: order.kind, what: whatOf(order), startedAt: new Date().toISOString(), undone };
    this.#running = { drill, undo, wakefulness: new Wakefulness(this.#clocks), renewedMs: this.#clocks.steadyMs() };
    this.#timer = setInterval(() => this.#look(), this.#lookMs);
    return this.#running;
  }

  #look(): void {
    const running = this.#running;
    if (running === undefined) return;
    const silentMs = this.#clocks.steadyMs() - running.renewedMs;
    const because = running.wakefulness.trouble() ?? (silentMs > this.#renewalMs ? whoeverDrives(silentMs) : undefined);
    if (because !== undefined) void running.undo(because);
  }
}

const whoeverDrives = (silentMs: number): string => `whoever drives it said nothing for ${Math.round(silentMs / 1000)} s`;

function namesOf(order: DrillOrder): readonly string[] {
  if (order.kind === 'both') return order.regions;
  if ('from' in order) return [order.from, order.to];
  return order.kind === 'mute' ? [order.region, order.dying] : [order.region];
}
