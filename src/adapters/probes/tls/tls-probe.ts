/** One try of a tls monitor: reach, ask for TLS if that is needed, shake hands, read, judge. */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { TlsProbe } from '../../../core/config/kinds/tls/probe';
import type { Attempt } from '../../../core/observation';
import { secure } from '../connection';
import { type Failure, isFailure } from '../failure';
import { splitHost } from '../host-port';
import type { Means } from '../means';
import { refusalOf } from '../our-certificate';
import { contextOf } from '../own-context';
import { reach } from '../reach';
import { slowFailure, type Trying, tryOut } from '../trying';
import { certificatesIn, sentBy, verifiedChain } from './chain';
import { findingsOf, judgeShown, type Shown } from './judge';
import { askForTls, usualPorts } from './start-tls';

export function probeTls(probe: TlsProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  return tryOut(timeoutMs, means, {
    run: (trying) => look(probe, trying),
    judge(shown, phases) {
      if (means.tell) for (const finding of findingsOf(shown, probe)) means.tell(finding);
      return judgeShown(shown, probe) ?? slowFailure(phases, probe.expect.withinMs);
    },
  });
}

async function look(probe: TlsProbe, trying: Trying): Promise<Shown | Failure> {
  const { course, means } = trying;
  const { host, port } = splitHost(probe.host, probe.starttls === undefined ? 443 : usualPorts[probe.starttls]);
  const reached = await reach(probe.connectTo ?? host, port, trying);
  if (isFailure(reached)) return reached;
  const { socket, at } = reached;
  const refused = probe.starttls === undefined ? undefined : await askForTls(probe.starttls, socket, course);
  if (refused !== undefined) return refused;
  const name = probe.name ?? host;
  const secured = await secure(socket, name, { course, at, secureContext: contextOf(probe.tls, means), protocols: [], certificate: 'shown' });
  if (isFailure(secured)) return asVersion(secured);
  const shown = read(secured, { probe, name, means });
  return { ...shown, refusal: await refusalOf(secured, { course, isGiven: probe.tls?.certificate !== undefined, tell: means.tell }) };
}

function read(secured: TLSSocket, { probe, name, means }: { probe: TlsProbe; name: string; means: Means }): Shown {
  const sent = sentBy(secured);
  // Reading every authority there is takes time that few need.
  const isChainWanted = probe.isVerified && (probe.expect.chainDaysLeft !== undefined || means.tell !== undefined);
  return {
    sent,
    chain: isChainWanted && secured.authorized ? verifiedChain(sent, authoritiesOf(probe, means)) : [],
    authorizationCode: secured.authorized ? undefined : String(secured.authorizationError),
    version: secured.getProtocol() ?? 'an unknown version',
    name: name.replace(/\.$/, ''),
    nowMs: Date.now(),
  };
}

let known: { readonly pems: readonly string[]; readonly certificates: readonly X509Certificate[] } | undefined;

/** Kept for the life of the process. */
function authoritiesOf({ tls }: TlsProbe, { authorities }: Means): readonly X509Certificate[] {
  if (tls?.ca !== undefined) return certificatesIn([tls.ca]);
  const pems = authorities();
  if (known?.pems !== pems) known = { pems, certificates: certificatesIn(pems) };
  return known.certificates;
}

const versionCodes = ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_WRONG_SSL_VERSION'];

/** A server that speaks none of the versions that are good is no riddle. */
function asVersion(failure: Failure): Failure {
  if (!versionCodes.some((code) => failure.detail.includes(`(${code})`))) return failure;
  return { reason: 'tls-version', detail: `the server speaks no version of TLS that is good, TLSv1.2 or newer: ${failure.detail}` };
}
