/** One request of a probe and its response, over a connection of its own. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpProbe, HttpProxy } from '../../../core/config/kinds/http/probe';
import { certificateFailure } from '../certificate';
import { secure } from '../connection';
import { type Failure, isFailure } from '../failure';
import { contextOf } from '../own-context';
import { type Reached, reach } from '../reach';
import type { Trying } from '../trying';
import { exchange, type Question, type Response } from './exchange';

export interface Hop {
  readonly probe: HttpProbe;
  /** Whether the host is the one of the monitor: what the file says of the connection is meant for that one. */
  readonly isHome: boolean;
  readonly trying: Trying;
}

export async function hop(question: Question, { probe, isHome, trying: under }: Hop): Promise<Response | Failure> {
  const trying = isHome && probe.mayBePrivate === true ? { ...under, means: { ...under.means, allowPrivate: true } } : under;
  const { url } = question;
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (isSecure ? 443 : 80));
  if (!isSecure && probe.proxy !== undefined) return forwarded(question, probe.proxy, { probe, trying });
  const reached = await connected({ host, port }, { probe, isHome, trying });
  if (isFailure(reached)) return reached;
  if (!isSecure) return plainly(question, reached.socket, { probe, trying });

  const tls = isHome ? probe.tls : probe.tls?.ca === undefined ? undefined : { ca: probe.tls.ca };
  const secured = await secure(reached.socket, tls?.serverName ?? host, {
    course: trying.course,
    at: reached.at,
    secureContext: contextOf(tls, trying.means),
    tell: trying.means.tell,
    protocols: probe.request?.http2 === true ? ['h2', 'http/1.1'] : ['http/1.1'],
    certificate: tls?.insecure === true || isKeyExpected(probe, isHome) ? 'shown' : 'judged',
  });
  if (isFailure(secured)) return secured;
  if (!isKeyExpected(probe, isHome)) return overTls(question, secured, { probe, trying });
  return withKey(question, secured, { probe, trying, name: tls?.serverName ?? host, isInsecure: tls?.insecure === true });
}

async function forwarded(question: Question, proxy: HttpProxy, { probe, trying }: Under): Promise<Response | Failure> {
  const { forward } = await import('./forward');
  return forward(question, { proxy, trying, ask: (asked, socket) => plainly(asked, socket, { probe, trying }) });
}

const isKeyExpected = ({ identity }: HttpProbe, isHome: boolean): boolean => isHome && identity?.by === 'pin';

/** Who shows another key is somebody else, whatever else their certificate says; they are not sent anything. */
async function withKey(
  question: Question,
  socket: TLSSocket,
  { name, isInsecure, ...under }: Under & { readonly name: string; readonly isInsecure: boolean },
): Promise<Response | Failure> {
  const { identity } = under.probe;
  if (identity === undefined) return overTls(question, socket, under);
  const [{ answererByKey }, { answererFinding, withAnswerer }] = await Promise.all([import('../identity/by-key'), import('../identity/answerer')]);
  // First, since what it reads is gone when the key has been read.
  const certificate = isInsecure || socket.authorized ? undefined : certificateFailure(socket, name);
  const answerer = answererByKey(socket, identity);
  under.trying.means.tell?.(answererFinding(answerer, identity));
  const failure = withAnswerer(answerer, certificate, identity);
  if (failure !== undefined) return failure;
  const response = await overTls(question, socket, under);
  return isFailure(response) ? response : { ...response, answerer };
}

async function connected({ host, port }: { host: string; port: number }, { probe, isHome, trying }: Hop): Promise<Reached | Failure> {
  if (probe.proxy !== undefined) return (await import('./tunnel')).tunnel({ host, port }, probe.proxy, trying);
  return reach(isHome && probe.connectTo !== undefined ? probe.connectTo : host, port, trying);
}

type Under = Pick<Hop, 'probe' | 'trying'>;

async function overTls(question: Question, socket: TLSSocket, { probe, trying }: Under): Promise<Response | Failure> {
  const certificateEndsMs = probe.expect.daysLeft === undefined ? undefined : (await import('./certificate-end')).certificateEndOf(socket);
  const response =
    socket.alpnProtocol === 'h2'
      ? await (await import('./exchange-http2')).exchangeHttp2(question, socket, trying.course)
      : await plainly(question, socket as Socket, { probe, trying });
  return isFailure(response) ? response : { ...response, certificateEndsMs };
}

/** Which 1.x it is that is spoken is only looked at where it matters. */
async function plainly(question: Question, socket: Socket, { probe, trying }: Under): Promise<Response | Failure> {
  if (probe.expect.versions === undefined) return exchange(question, socket, trying.course);
  const spoken = (await import('./spoken-version')).spokenVersion(socket);
  const response = await exchange(question, socket, trying.course);
  return isFailure(response) ? response : { ...response, version: spoken() };
}
