/** The process of one region: it takes orders from the supervisor over IPC, and ends with it. */

import type { EdgeSpec, FromEdge, ToEdge } from './aws/edge-messages';
import { Edge } from './aws/edge-process';

let edge: Edge | undefined;

process.on('message', (message: ToEdge) => {
  if (message.kind === 'start') void start(message.spec);
  else if (message.kind === 'stop') stop();
  else edge?.take(message);
});
process.once('disconnect', stop);
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

async function start(spec: EdgeSpec): Promise<void> {
  try {
    edge = new Edge(spec, tell);
    const ready = await edge.start();
    tell(ready);
  } catch (error) {
    tell({ kind: 'failed', problem: `${spec.region}: ${error instanceof Error ? error.message : error}` });
    process.exitCode = 1;
    stop();
  }
}

/** Everything is killed at once; an exit in between leaves the rest to the last will. */
function stop(): void {
  edge?.stop();
  process.exit();
}

function tell(message: FromEdge): void {
  if (process.connected) process.send?.(message);
}
