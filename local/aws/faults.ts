/** What is wrong with a region on purpose. It travels whole each time, so that a region that comes back learns of it, too. */
export interface Faults {
  /** What befalls each environment of the prober, new ones too. `starved`: it leaves out monitors. */
  readonly prober: 'well' | 'killed' | 'frozen' | 'starved';
  /** Whether the schedule invokes the prober. */
  readonly schedule: 'on' | 'off';
  readonly table: 'well' | 'throttled' | 'down';
  readonly topic: 'well' | 'mute';
  /** By how much the clock of every function is fast; negative where it is slow. */
  readonly clockOffMs: number;
}

export const noFaults: Faults = { prober: 'well', schedule: 'on', table: 'well', topic: 'well', clockOffMs: 0 };
