/** Real servers on 127.0.0.1 that behave well or badly, closed together at the end of a test file. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export const fixture = (name: string): string => readFileSync(join(__dirname, 'fixtures', name), 'utf8');

export interface Servers {
  /** All of these resolve with the port. */
  http(listener: RequestListener, host?: string): Promise<number>;
  tcp(onConnection: (socket: Socket) => void): Promise<number>;
  tls(certificate: string, onConnection: (socket: Socket) => void, more?: TlsOptions): Promise<number>;
  /** A port on which nothing listens. */
  closedPort(): Promise<number>;
  close(): Promise<void>;
}

export function startServers(): Servers {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const listen = (server: Server, host = '127.0.0.1'): Promise<number> =>
    new Promise((resolve, reject) => {
      servers.push(server);
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => sockets.delete(socket));
        // Who does not read does not hear that the other side has gone.
        if (server.listenerCount('request') === 0) setImmediate(() => socket.resume());
      });
      server.once('error', reject);
      server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
    });
  return {
    http: (listener, host) => listen(createHttpServer(listener), host),
    tcp: (onConnection) => listen(createTcpServer(onConnection)),
    tls(certificate, onConnection, more) {
      const server = createTlsServer({ key: fixture('server.key'), cert: fixture(certificate), ...more }, onConnection);
      server.on('tlsClientError', () => undefined);
      server.on('secureConnection', (socket) => socket.on('error', () => undefined));
      return listen(server);
    },
    async closedPort() {
      const server = createTcpServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      servers.splice(servers.indexOf(server), 1);
      return port;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Answers every request on a connection with these bytes, and closes unless told to stay. */
export const answering =
  (bytes: string, { stays = false } = {}) =>
  (socket: Socket): void => {
    socket.once('data', () => (stays ? socket.write(bytes) : socket.end(bytes)));
  };
