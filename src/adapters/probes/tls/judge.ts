/** What is wrong with the certificates and the session that a server showed: dates, names, authority, key, version. */
import type { X509Certificate } from 'node:crypto';
import { checkServerIdentity } from 'node:tls';
import type { TlsProbe } from '../../../core/config/kinds/tls/probe';
import { numberWords, unmetNumber } from '../conditions/numbers';
import { daysText, daysUntil } from '../days-left';
import type { Failure } from '../failure';
import { answererFinding, answererOf, withAnswerer } from '../identity/answerer';
import type { Finding } from '../means';
import { pinOf } from '../pin';
import { earliestOf, type Lifetime, lifetimeOf, timeWords } from './lifetime';

export interface Shown {
  readonly sent: readonly X509Certificate[];
  /** Empty where it was not wanted or not verified. */
  readonly chain: readonly X509Certificate[];
  /** OpenSSL's code, where the chain was not found good. */
  readonly authorizationCode?: string | undefined;
  /** `TLSv1.3` */
  readonly version: string;
  readonly name: string;
  /** What the server did with our certificate, or the lack of one, where it refused it. */
  readonly refusal?: Failure | undefined;
  readonly nowMs: number;
}

/** The first thing that is wrong. Who answers comes first, and then dates: an expired certificate is called expired whatever else it is. */
export function judgeShown(shown: Shown, probe: TlsProbe): Failure | undefined {
  const [leaf] = shown.sent;
  if (leaf === undefined) return { reason: 'tls-untrusted', detail: 'the server showed no certificate' };
  const failure = certificateTrouble(leaf, shown, probe);
  return probe.identity === undefined ? failure : withAnswerer(answererOf(pinOf(leaf), probe.identity), failure, probe.identity);
}

function certificateTrouble(leaf: X509Certificate, shown: Shown, { expect, isVerified }: TlsProbe): Failure | undefined {
  return (
    datesFailure(shown, isVerified) ??
    (isVerified ? (nameFailure(leaf, shown.name) ?? authorityFailure(leaf, shown)) : undefined) ??
    pinFailure(leaf, expect.pins) ??
    versionFailure(shown.version, expect.version) ??
    shown.refusal ??
    daysFailure('of those it sends', shown.sent, { wanted: expect.daysLeft, nowMs: shown.nowMs }) ??
    daysFailure('of the chain it was verified by', shown.chain, { wanted: expect.chainDaysLeft, nowMs: shown.nowMs })
  );
}

/** Of the server's own, and of others where the chain fails by them: a stray one that nobody needs harms nobody. */
function datesFailure({ sent, authorizationCode, nowMs }: Shown, isVerified: boolean): Failure | undefined {
  const isChainOutdated = isVerified && (authorizationCode === 'CERT_HAS_EXPIRED' || authorizationCode === 'CERT_NOT_YET_VALID');
  const judged = sent.slice(0, isChainOutdated ? undefined : 1).map(lifetimeOf);
  const expired = judged.find(({ toMs }) => toMs <= nowMs);
  if (expired !== undefined)
    return {
      reason: 'tls-expired',
      detail: `${certificateOf(expired)} expired on ${timeWords(expired.toMs)}, ${ago(expired, nowMs)}; valid from ${timeWords(expired.fromMs)}`,
    };
  const early = judged.find(({ fromMs }) => fromMs > nowMs);
  if (early !== undefined) return { reason: 'tls-expired', detail: `${certificateOf(early)} is not valid before ${timeWords(early.fromMs)}` };
  return isChainOutdated ? { reason: 'tls-expired', detail: `an authority that signed it is not valid now (${authorizationCode})` } : undefined;
}

const certificateOf = ({ name, issuer }: Lifetime): string => `the certificate of ${name} (by ${issuer})`;

function ago({ toMs }: Lifetime, nowMs: number): string {
  const days = Math.floor(-daysUntil(toMs, nowMs));
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

function nameFailure(leaf: X509Certificate, name: string): Failure | undefined {
  if (checkServerIdentity(name, leaf.toLegacyObject()) === undefined) return undefined;
  const names = (leaf.subjectAltName ?? lifetimeOf(leaf).name).replaceAll('DNS:', '').replaceAll('IP Address:', '').slice(0, 120);
  return { reason: 'tls-name', detail: `the certificate is for ${names}, not for ${name}` };
}

function authorityFailure(leaf: X509Certificate, { authorizationCode, name, sent }: Shown): Failure | undefined {
  if (authorizationCode === undefined || authorizationCode === 'ERR_TLS_CERT_ALTNAME_INVALID') return undefined;
  const isOwn = leaf.subject === leaf.issuer;
  const words = isOwn
    ? 'is signed by itself and not by a known authority'
    : `leads to no known authority: it is by ${lifetimeOf(leaf).issuer}, and ${sent.length - 1} more were sent`;
  return { reason: 'tls-untrusted', detail: `the certificate of ${name} ${words} (${authorizationCode})` };
}

function pinFailure(leaf: X509Certificate, pins: readonly string[] | undefined): Failure | undefined {
  if (pins === undefined || pins.includes(pinOf(leaf))) return undefined;
  return {
    reason: 'tls-pin',
    detail: `the key is ${pinOf(leaf)}, not ${pins.length === 1 ? 'the one that is pinned' : `one of the ${pins.length} that are pinned`}`,
  };
}

function versionFailure(version: string, wanted: TlsProbe['expect']['version']): Failure | undefined {
  if (wanted === undefined || version >= `TLSv${wanted}`) return undefined;
  return { reason: 'tls-version', detail: `${version}, wanted TLSv${wanted} or newer` };
}

interface Wanted {
  readonly wanted: TlsProbe['expect']['daysLeft'];
  readonly nowMs: number;
}

function daysFailure(which: string, certificates: readonly X509Certificate[], { wanted, nowMs }: Wanted): Failure | undefined {
  const earliest = earliestOf(certificates.map(lifetimeOf));
  if (wanted === undefined || earliest === undefined) return undefined;
  const days = daysUntil(earliest.toMs, nowMs);
  const unmet = unmetNumber(wanted, days);
  if (unmet === undefined) return undefined;
  return {
    reason: 'tls-days',
    detail: `${daysText(days)} days left, wanted ${unmet}: ${certificateOf(earliest)}, the earliest ${which}, ends on ${timeWords(earliest.toMs)}`,
  };
}

/** Everything that was looked at, for `--explain`. */
export function findingsOf(shown: Shown, { expect, identity }: TlsProbe): readonly Finding[] {
  const [leaf] = shown.sent;
  if (leaf === undefined) return [];
  const lifetimes = shown.sent.map(lifetimeOf);
  const days = (list: readonly Lifetime[]): number => daysUntil((earliestOf(list) ?? lifetimeOf(leaf)).toMs, shown.nowMs);
  const chain = shown.chain.map(lifetimeOf);
  const wanted = (rule: typeof expect.daysLeft, value: number) =>
    rule === undefined ? {} : { wanted: numberWords(rule), isGood: unmetNumber(rule, value) === undefined };
  return [
    {
      what: 'TLS',
      seen: shown.version,
      ...(expect.version === undefined ? {} : { wanted: `TLSv${expect.version} or newer`, isGood: shown.version >= `TLSv${expect.version}` }),
    },
    ...lifetimes.map((one) => ({ what: 'certificate', seen: `${one.name} by ${one.issuer}, from ${timeWords(one.fromMs)} to ${timeWords(one.toMs)}` })),
    { what: 'names', seen: (leaf.subjectAltName ?? '').slice(0, 200) },
    ...(identity === undefined ? [] : [answererFinding(answererOf(pinOf(leaf), identity), identity)]),
    { what: 'key', seen: pinOf(leaf), ...(expect.pins === undefined ? {} : { isGood: expect.pins.includes(pinOf(leaf)) }) },
    { what: 'days left', seen: daysText(days(lifetimes)), ...wanted(expect.daysLeft, days(lifetimes)) },
    ...(chain.length === 0 ? [] : [{ what: 'days left of the chain', seen: daysText(days(chain)), ...wanted(expect.chainDaysLeft, days(chain)) }]),
  ];
}
