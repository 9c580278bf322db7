/** How a monitor is probed: one of the kinds. */
import type { HttpProbe } from './http/probe';

export type Probe = HttpProbe;
