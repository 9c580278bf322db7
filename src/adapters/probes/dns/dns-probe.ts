/** One try of a dns monitor: find the name server, ask it once, judge its answer. */
import { getServers } from 'node:dns';
import { type DnsProbe, type DnsServer, parseDnsServer } from '../../../core/config/kinds/dns/probe';
import type { TlsOptions } from '../../../core/config/kinds/http/probe';
import type { Attempt } from '../../../core/observation';
import { type Failure, isFailure } from '../failure';
import type { Means } from '../means';
import { reach } from '../reach';
import { resolveAddress } from '../resolve';
import { type Trying, tryOut } from '../trying';
import { firstUnmet } from './judged';
import { type Asked, type DnsAnswer, question } from './message';
import { askByStream } from './over-stream';
import { askByUdp } from './over-udp';
import { patternsOf } from './patterns';
import { secured } from './secured';

export async function probeDns(probe: DnsProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  if (probe.transport === 'https') await (await import('../http/rehearsal')).rehearsed();
  const allowed = probe.resolver === undefined ? { ...means, allowPrivate: true } : means;
  return tryOut(timeoutMs, allowed, {
    run: async (trying) => {
      const isFound = await patternsOf(probe.expect);
      const answer = await ask(probe, trying);
      return isFailure(answer) ? answer : { answer, isFound };
    },
    judge: ({ answer, isFound }, phases) => firstUnmet(answer, { probe, phases, isFound, tell: means.tell }),
  });
}

const usualPorts = { udp: 53, tcp: 53, tls: 853, https: 443 } as const;

async function ask({ name, type, resolver, connectTo, transport, tls, wantsRecursion }: DnsProbe, trying: Trying): Promise<DnsAnswer | Failure> {
  const { host, port = usualPorts[transport] } = serverOf(resolver);
  const at = connectTo ?? host;
  const asked = question({ name, type, wantsRecursion });
  if (transport === 'https') return (await import('./over-https')).askByHttps({ host, at, port, asked, tls }, trying);
  if (transport !== 'udp') return askOverConnection({ host, at, port, asked, tls: transport === 'tls' ? (tls ?? {}) : undefined }, trying);
  const address = await resolveAddress(at, trying.means);
  if (isFailure(address)) return address;
  const answer = await askByUdp({ address, port, asked }, trying);
  // What was cut off to fit into a datagram is had whole from the very same address.
  return answer === 'truncated' ? askOverConnection({ host, at: address.address, port, asked }, trying) : answer;
}

/** The one that this machine asks first. It mostly is no public address, and nobody chose it in the file. */
function serverOf(resolver: string | undefined): DnsServer {
  const [first = '127.0.0.1'] = resolver === undefined ? getServers() : [resolver];
  return parseDnsServer(first) ?? { host: first };
}

interface OverConnection {
  /** The name that a certificate must be for. */
  readonly host: string;
  /** What is contacted: a name, or an address. */
  readonly at: string;
  readonly port: number;
  readonly asked: Asked;
  /** Without it nothing is secured. */
  readonly tls?: TlsOptions | undefined;
}

async function askOverConnection({ host, at, port, asked, tls }: OverConnection, trying: Trying): Promise<DnsAnswer | Failure> {
  const reached = await reach(at, port, trying);
  if (isFailure(reached)) return reached;
  const ready = tls === undefined ? reached.socket : await secured(reached, { host, tls, protocols: ['dot'] }, trying);
  return isFailure(ready) ? ready : askByStream(ready, asked, trying.course);
}
