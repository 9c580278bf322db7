/** The engine that runs in AWS, as the simulator starts it. */
import { createMemory, runProber, runWatchdog } from '../../src/engine/invocation';
import type { Engine } from './engine';

export const realEngine: Engine = (self, ports) => {
  const memory = createMemory();
  const run = self.role === 'prober' ? runProber : runWatchdog;
  return (event, invocation) => run(event, { self, ports, memory, invocation });
};
