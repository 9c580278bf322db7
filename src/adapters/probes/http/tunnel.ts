/** A connection through a proxy that takes CONNECT. What lies behind it is resolved by the proxy. */
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { HttpProxy } from '../../../core/config/kinds/http/probe';
import { secure } from '../connection';
import { type Failure, isFailure } from '../failure';
import { printable } from '../printable';
import { isPublicAddress } from '../public-address';
import { type Reached, reach } from '../reach';
import type { Trying } from '../trying';
import { basicAuthorization } from './questions';

const headBytesMax = 16_384;

export async function tunnel({ host, port }: { host: string; port: number }, proxy: HttpProxy, trying: Trying): Promise<Reached | Failure> {
  const gate = await openGate(host, proxy, trying);
  if (isFailure(gate)) return gate;
  trying.course.enter('connect');
  const to = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const pass = proxy.basic === undefined ? '' : `proxy-authorization: ${basicAuthorization(proxy.basic)}\r\n`;
  const opened = headOf(gate.socket);
  gate.socket.write(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\nuser-agent: ${trying.means.userAgent}\r\n${pass}\r\n`);
  const head = await opened;
  const [, status = ''] = /^HTTP\/1\.[01] (\d{3})/.exec(head) ?? [];
  if (/^2\d\d$/.test(status)) return gate;
  const words = status === '' ? `answered ${head === '' ? 'nothing' : printable(head)}` : `refused ${to} with status ${status}`;
  return { reason: 'proxy', detail: `the proxy ${gate.at} ${words}` };
}

/** The connection to the proxy; nothing of it may lead to where a probe may not go. */
export async function openGate(host: string, proxy: HttpProxy, trying: Trying): Promise<Reached | Failure> {
  if (isIP(host) !== 0 && !trying.means.allowPrivate && !isPublicAddress(host)) {
    return { reason: 'address-refused', detail: `${host} is not a public address; to probe such targets, set network.allowPrivate to true` };
  }
  const gate = await reachProxy(new URL(proxy.url), trying);
  return isFailure(gate) ? asProxy(gate) : gate;
}

/** Whatever fails on the way is the proxy's, except what is our own. */
export const asProxy = (failure: Failure): Failure =>
  failure.reason === 'address-refused' || failure.reason === 'prober-error' ? failure : { reason: 'proxy', detail: `the proxy: ${failure.detail}` };

async function reachProxy(url: URL, trying: Trying): Promise<Reached | Failure> {
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const reached = await reach(host, Number(url.port || (isSecure ? 443 : 80)), trying);
  if (isFailure(reached) || !isSecure) return reached;
  const { course, means } = trying;
  const socket = await secure(reached.socket, host, { course, at: reached.at, secureContext: means.secureContext() });
  return isFailure(socket) ? socket : { socket, at: reached.at };
}

/** The head of what the proxy answers; what comes after it belongs to the target. Shorter where the connection ends. */
function headOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const done = (): void => {
      socket.off('data', onData).off('close', done).pause();
      resolve(bytes.toString('latin1'));
    };
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0 && bytes.length <= headBytesMax) return;
      const rest = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
      bytes = bytes.subarray(0, end < 0 ? headBytesMax : end);
      done();
      if (rest.length > 0) socket.unshift(rest);
    };
    socket.on('data', onData).once('close', done);
  });
}
