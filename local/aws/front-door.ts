/** The one HTTP server of an edge: it tells calls of AWS, of environments, of monitors and of twinwatch itself apart. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Exchange, isForeign, jsonAnswer, type Reply, readExchange, writeReply } from './http-exchange';
import { pingPath } from './ping-room';
import { certificatePath } from './sns-envelope';

export interface Rooms {
  readonly aws: (exchange: Exchange) => Promise<Reply>;
  readonly runtime: (exchange: Exchange) => Promise<Reply>;
  readonly own: (exchange: Exchange) => Promise<Reply>;
  readonly pings: (exchange: Exchange) => Promise<Reply>;
}

/** A frozen environment keeps its connections, and finds them alive when it is thawed. */
const keepAliveMs = 10 * 60_000;

export class FrontDoor {
  readonly #server: Server;
  #port = 0;

  constructor(rooms: Rooms) {
    this.#server = createServer((request, response) => void this.#receive(rooms, request, response));
    this.#server.keepAliveTimeout = keepAliveMs;
    this.#server.requestTimeout = 0;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is in use; end what uses it, or choose another`) : error);
      });
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        this.#port = typeof address === 'object' && address !== null ? address.port : port;
        resolve();
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #receive(rooms: Rooms, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const exchange = await readExchange(request, response);
      writeReply(response, await this.#reply(rooms, exchange));
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else writeReply(response, jsonAnswer(500, { message: String(error) }));
    }
  }

  async #reply(rooms: Rooms, exchange: Exchange): Promise<Reply> {
    if (isForeign(exchange, this.#port)) return jsonAnswer(403, { message: 'this is for programs on this machine, under 127.0.0.1' });
    if (exchange.target.startsWith('/_lambda/')) return rooms.runtime(exchange);
    if (exchange.target.startsWith('/_twinwatch/') || exchange.target === certificatePath) return rooms.own(exchange);
    if (exchange.target.startsWith(pingPath)) return rooms.pings(exchange);
    return rooms.aws(exchange);
  }
}
