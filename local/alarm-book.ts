/** What the alarms of every region say, each as its region told it last. */
import type { RegionId } from '../src/core/basics/brand';
import type { AlarmEvent } from './aws/edge-messages';

export interface AlarmView {
  /** Whose CloudWatch it is. */
  readonly region: RegionId;
  readonly name: string;
  readonly description: string;
  readonly state: AlarmEvent['state'];
  readonly reason: string;
  /** ISO time. */
  readonly since: string;
}

/** `well` is said of those that had fired, and of no others. */
export type AlarmNews = 'fired' | 'well' | 'lacks-data' | 'nothing';

export class AlarmBook {
  readonly #alarms = new Map<string, AlarmView>();

  /** What of it is worth a line. */
  hear(region: RegionId, { name, description, state, reason, since, isNews }: AlarmEvent): AlarmNews {
    const key = `${region} ${name}`;
    const before = this.#alarms.get(key)?.state;
    this.#alarms.set(key, { region, name, description, state, reason, since });
    if (!isNews || state === before) return 'nothing';
    if (state === 'ALARM') return 'fired';
    if (state === 'INSUFFICIENT_DATA') return 'lacks-data';
    return before === 'ALARM' ? 'well' : 'nothing';
  }

  list(): readonly AlarmView[] {
    return [...this.#alarms.values()];
  }
}
