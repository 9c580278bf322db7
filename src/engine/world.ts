/** What an invocation has in its hands: who it is, the ports, what its environment remembers, and when it will be killed. */
import type { Instant, RegionId } from '../core/basics/brand';
import type { Config } from '../core/config/config';
import type { LogWriter } from '../core/log';
import type { FunctionRole } from '../core/names';
import type { Memory } from './memory';
import type { Invocation, Ports } from './ports';

export interface Self {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly config: Config;
  readonly codeVersion: string;
  /** Names this environment, from its start to its end. */
  readonly bootId: string;
  /** The endpoint of this region's own table: something that must answer whenever anything can be probed from here. */
  readonly canaryUrl: string;
}

export interface World {
  readonly self: Self;
  readonly ports: Ports;
  readonly memory: Memory;
  readonly invocation: Invocation;
}

/** What whoever writes needs of it. */
export interface Writing {
  readonly self: Pick<Self, 'region' | 'config'>;
  readonly ports: Pick<Ports, 'clock' | 'replica' | 'diary'>;
}

/** What whoever appends to the log of its region needs of it. */
export interface Logging extends Writing {
  readonly self: Writing['self'] & Pick<Self, 'bootId'> & { readonly role: LogWriter };
  readonly memory: Pick<Memory, 'log'>;
}

/** The same world at one moment: what is judged together must not see the clock step in between. Waiting still takes its time. */
export const heldAt = (world: World, now: Instant): World => ({ ...world, ports: { ...world.ports, clock: { ...world.ports.clock, now: () => now } } });

/** Time limits of single calls. A call to another region has its own, so that a hung peer never delays the local round. */
export const homeLimitMs = 2000;
export const remoteLimitMs = 1500;
export const publishLimitMs = 3000;
/** Nobody waits for it but the end of an invocation. */
export const pingLimitMs = 5000;
/** A poke may meet a cold start. */
export const pokeLimitMs = 3000;
