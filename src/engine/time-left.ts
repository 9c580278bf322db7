/**
 * What is left of an invocation, against how long a step takes where stores are slow. Who is killed amid a look has looked for nothing:
 * what there is no time for is left to the next look, and nothing that was read or concluded is lost with it.
 */
import { second } from '../core/basics/time';
import { allRegions, type Config } from '../core/config/config';
import { vigilLoopMs } from './pace';
import { homeLimitMs, remoteLimitMs, type World } from './world';

/** A look in which several stores are slow takes long, and must come to its end. */
export const hasTime = ({ invocation }: World): boolean => invocation.remainingMs() > 5 * vigilLoopMs;

/** Whether a step that takes so long can still be followed by what must come after it. */
export const hasTimeFor = ({ invocation, self }: World, ms: number): boolean => invocation.remainingMs() >= ms + restMs[self.role];

/** A watchdog has its record to write and its datapoint to publish. */
const restMs = { prober: second, watchdog: 8 * second };

/** Of what is asked of one replica after the other until one answers. */
export const everywhereMs = ({ regions }: Config): number => homeLimitMs + (allRegions(regions).length - 1) * remoteLimitMs;

/** Whether one more thing can be written down wherever writing works. */
export const hasTimeToWrite = (world: World): boolean => hasTimeFor(world, everywhereMs(world.self.config));
