/** How often each function looks at its peers, and how long it runs at most. */
import { minute, second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import { isLooping } from '../core/slots';
import type { Self } from './world';

/** With beats shorter than a minute the watchdog looks this often. */
export const vigilLoopMs = 5 * second;

/** How often a watchdog writes its watch record. */
export const vigilCycleOf = (config: Config): number => (isLooping(config) ? vigilLoopMs : minute);

/** How often the function that runs here looks when nothing is the matter. */
export const lookCycleOf = ({ role, config }: Pick<Self, 'role' | 'config'>): number => (role === 'prober' ? config.beatIntervalMs : vigilCycleOf(config));

/** No invocation lasts so long: what was claimed before it was given up, and nobody is at work on it. */
export const longestInvocationMs = 2 * minute;
