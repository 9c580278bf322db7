/** What watchers were seen to say of some regions while a drill went on. */
import type { WatchView } from '../../src/core/views';

type Watch = Pick<WatchView, 'observer' | 'subject' | 'state'>;

export class StatesSeen {
  readonly #regions: readonly string[];
  readonly #states = new Map<string, string[]>();

  constructor(regions: readonly string[]) {
    this.#regions = regions;
  }

  add(watches: readonly Watch[]): void {
    for (const { observer, subject, state } of watches) {
      if (observer === subject || !this.#regions.includes(subject)) continue;
      const pair = `${observer} of ${subject}`;
      const states = this.#states.get(pair) ?? [];
      if (states.at(-1) !== state) states.push(state);
      this.#states.set(pair, states);
    }
  }

  /** `eu-west-1 of us-east-2: late, eu-central-1 of us-east-2: reporting` */
  latest(): string {
    const words = [...this.#states].map(([pair, states]) => `${pair}: ${states.at(-1)}`);
    return words.length === 0 ? 'nobody says anything of it yet' : words.join(', ');
  }

  all(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.#states);
  }

  lines(): readonly string[] {
    return [...this.#states].map(([pair, states]) => `said by ${pair}: ${states.join(' → ')}`);
  }
}
