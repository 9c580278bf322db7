/** Servers of this host listen on the loopback address alone. */
import { createServer, type RequestListener, type Server } from 'node:http';

export interface Listening {
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export type Listened = Listening | 'in-use';

/** Port 0 chooses a free one. */
export function listen(answer: RequestListener, port: number): Promise<Listened> {
  return new Promise((resolve, reject) => {
    const server = createServer(answer);
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve('in-use') : reject(error)));
    server.listen({ host: '127.0.0.1', port }, () => resolve({ port: portOf(server), close: () => close(server) }));
  });
}

/** On the wanted port, or on a free one where it is taken. */
export async function listenSomewhere(answer: RequestListener, wanted: number): Promise<Listening> {
  const first = await listen(answer, wanted);
  const listening = first === 'in-use' ? await listen(answer, 0) : first;
  if (listening === 'in-use') throw new Error('there is no free port on 127.0.0.1');
  return listening;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
