/** Real name servers on 127.0.0.1, over UDP and TCP on one port, that behave well or badly. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Answer, AUTHORITATIVE_ANSWER, type DecodedPacket, decode, encode, type Packet, RECURSION_AVAILABLE } from 'dns-packet';

export type Over = 'udp' | 'tcp';
/** The answer as a packet, or as bytes; none at all where it is silent. */
export type Respond = (query: DecodedPacket, over: Over) => Packet | Buffer | readonly Buffer[] | undefined;

export interface NameServers {
  /** Resolves with `127.0.0.1:port`. */
  start(respond: Respond): Promise<string>;
  close(): Promise<void>;
}

export function nameServers(): NameServers {
  const closing: (() => void)[] = [];
  return {
    async start(respond) {
      const tcp = createServer((socket) => serve(socket, respond));
      const udp = createSocket('udp4');
      udp.on('message', (bytes, from) => {
        for (const part of bytesOf(respond(decode(bytes), 'udp'))) udp.send(part, from.port, from.address);
      });
      const port = await listenBoth(tcp, udp);
      closing.push(
        () => tcp.close(),
        () => udp.close(),
      );
      return `127.0.0.1:${port}`;
    },
    async close() {
      for (const close of closing) close();
    },
  };
}

export function serve(socket: Socket, respond: Respond): void {
  socket.on('error', () => undefined);
  socket.once('data', (bytes) => {
    for (const part of bytesOf(respond(decode(bytes.subarray(2)), 'tcp'))) socket.write(Buffer.concat([lengthOf(part), part]));
    socket.end();
  });
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return length;
}

function bytesOf(response: ReturnType<Respond>): readonly Buffer[] {
  if (response === undefined) return [];
  if (Buffer.isBuffer(response)) return [response];
  return 'length' in response ? response : [encode(response)];
}

/** A port that is free for the one may be taken for the other. */
async function listenBoth(tcp: Server, udp: UdpSocket): Promise<number> {
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject);
    udp.bind(port, '127.0.0.1', resolve);
  });
  return port;
}

export interface Sections {
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
  /** As a number, `2` for SERVFAIL. */
  readonly rcode?: number;
  readonly isAuthoritative?: boolean;
}

/** A proper answer to a question. */
export function answerTo(query: DecodedPacket, { answers = [], authorities = [], additionals = [], rcode = 0, isAuthoritative = false }: Sections): Packet {
  return {
    type: 'response',
    id: query.id,
    flags: RECURSION_AVAILABLE | rcode | (isAuthoritative ? AUTHORITATIVE_ANSWER : 0),
    questions: query.questions,
    answers: [...answers],
    authorities: [...authorities],
    additionals: [...additionals],
  };
}

export const address = (data: string, ttl = 3600, name = 'shop.example.com'): Answer => ({ type: data.includes(':') ? 'AAAA' : 'A', name, ttl, data });
