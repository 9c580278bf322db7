/** Runs when the prober of its region has more to probe than one function can: probes the share that it is asked for, and writes nothing. */
import { createProbeWorker } from '../src/adapters/lambda/probe-worker';

export const handler = createProbeWorker();
