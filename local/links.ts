/** The links between the regions, one per direction: their state outlives the edges that keep to it. */
import type { RegionId } from '../src/core/basics/brand';
import type { ToEdge } from './aws/edge-messages';

export interface LinkView {
  readonly from: RegionId;
  readonly to: RegionId;
  readonly cut: boolean;
  readonly delayMs: number;
  /** How late replication is in this direction, on purpose. */
  readonly lagMs: number;
}

export type LinkChange = Pick<LinkView, 'from' | 'to'> & Partial<Pick<LinkView, 'cut' | 'lagMs'>>;

export class Links {
  readonly #links: Map<string, LinkView>;

  constructor(regions: readonly RegionId[]) {
    const pairs = regions.flatMap((from) => regions.filter((to) => to !== from).map((to) => ({ from, to, cut: false, delayMs: 0, lagMs: 0 })));
    this.#links = new Map(pairs.map((link) => [keyOf(link), link]));
  }

  list(): readonly LinkView[] {
    return [...this.#links.values()];
  }

  isCut(from: RegionId, to: RegionId): boolean {
    return this.#links.get(keyOf({ from, to }))?.cut ?? false;
  }

  /** What is not named stays as it is. */
  set({ from, to, ...changes }: LinkChange): void {
    const link = this.#links.get(keyOf({ from, to }));
    if (link !== undefined) this.#links.set(keyOf(link), { ...link, ...changes });
  }

  /** What an edge must be told of the links that lead from it. */
  ordersFor(region: RegionId): readonly ToEdge[] {
    const leading = this.list().filter(({ from }) => from === region);
    return leading.map(({ to, cut, delayMs, lagMs }) => ({ kind: 'link', to, cut, delayMs, lagMs }));
  }
}

const keyOf = ({ from, to }: Pick<LinkView, 'from' | 'to'>): string => `${from} ${to}`;
