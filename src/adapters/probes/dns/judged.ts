/** An answer held against what is wanted of it: every condition is told, the first one that is not met decides. */
import type { DnsProbe } from '../../../core/config/kinds/dns/probe';
import type { Phases } from '../../../core/observation';
import type { Failure } from '../failure';
import type { Means } from '../means';
import { slowFailure } from '../trying';
import type { DnsAnswer } from './message';
import type { IsFound } from './patterns';
import { type Check, recordChecks } from './record-checks';
import { recordsOf } from './record-text';

export interface Wanted {
  readonly probe: DnsProbe;
  readonly phases: Phases;
  readonly isFound: IsFound;
  readonly tell: Means['tell'];
}

export function firstUnmet(answer: DnsAnswer, { probe, phases, isFound, tell }: Wanted): Failure | undefined {
  const checks = [...headChecks(answer, probe.expect), ...sectionChecks(answer, probe, isFound)];
  if (tell) for (const { what, seen, wanted, isGood } of checks) tell({ what, seen, wanted, isGood });
  const unmet = checks.find(({ isGood }) => !isGood);
  return unmet === undefined ? slowFailure(phases, probe.expect.withinMs) : { reason: unmet.reason, detail: detailOf(unmet) };
}

const detailOf = ({ what, seen, wanted }: Check): string => `${what} ${shortened(seen)}, wanted ${shortened(wanted)}`;

const shownMax = 120;

const shortened = (text: string): string => {
  const shown = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return shown.length > shownMax ? `${shown.slice(0, shownMax - 1)}…` : shown;
};

function headChecks({ rcode, isAuthoritative }: DnsAnswer, expect: DnsProbe['expect']): readonly Check[] {
  const code: Check = { reason: 'dns-rcode', what: 'rcode', seen: rcode, wanted: expect.rcodes.join(' or '), isGood: expect.rcodes.includes(rcode) };
  if (expect.isAuthoritative === undefined) return [code];
  const isGood = isAuthoritative === expect.isAuthoritative;
  return [code, { reason: 'dns-answer', what: 'authoritative', seen: yesNo(isAuthoritative), wanted: yesNo(expect.isAuthoritative), isGood }];
}

const yesNo = (fact: boolean): string => (fact ? 'yes' : 'no');

function sectionChecks(answer: DnsAnswer, { type, expect }: DnsProbe, isFound: IsFound): readonly Check[] {
  const answers = recordsOf(answer.answers).filter((record) => record.type === type);
  const { authority, additional } = expect;
  const wanted = expect.answers ?? usualRule(answer, expect);
  return [
    ...recordChecks(wanted, { what: 'answers', type, records: answers, isFound }),
    ...(authority === undefined ? [] : recordChecks(authority, { what: 'authority', records: recordsOf(answer.authority), isFound })),
    ...(additional === undefined ? [] : recordChecks(additional, { what: 'additional', records: recordsOf(answer.additional), isFound })),
  ];
}

/** A name without a record serves nobody, unless it is another code or section that is wanted. */
const usualRule = ({ rcode }: DnsAnswer, { authority, additional }: DnsProbe['expect']) =>
  rcode === 'NOERROR' && authority === undefined && additional === undefined ? { count: { atLeast: 1 } } : {};
