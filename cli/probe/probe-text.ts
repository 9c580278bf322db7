/** What was probed, for people. */
import type { Finding } from '../../src/adapters/probes/means';
import type { Monitor } from '../../src/core/config/config';
import { formatDuration } from '../../src/core/config/durations';
import { identityOf } from '../../src/core/identity';
import { type IdentitySeen, identitySeen } from '../../src/core/identity-seen';
import { type Attempt, outcomeOf, totalMs } from '../../src/core/observation';
import { row, table } from '../why/layout';
import { phaseBars, phaseNames, timeText } from './phase-bars';
import { type AllProbed, callingWords, type Probed, type Tried } from './probe-once';

export interface TextOptions {
  readonly isExplained: boolean;
}

export function probeText({ probed, calling }: AllProbed, options: TextOptions): string {
  const blocks = [...probed.map((one) => blockOf(one, options)), ...calling.map(callingBlock)].map((lines) => lines.join('\n'));
  return plain(blocks.join('\n\n'));
}

/** Whoever is probed chooses some of these words, and must not command the terminal. */
export function plain(text: string): string {
  const printable = text.replace(/[^\P{C}\n]/gu, '');
  return `${printable.replaceAll('\u00a0', ' ').replace(/ +$/gm, '')}\n`;
}

const callingBlock = ({ id, target }: Monitor): readonly string[] => [
  ...row('monitor', `${id}  heartbeat  ${target}`),
  ...row('result', `not probed: ${callingWords(id)}`),
];

function blockOf({ monitor, attempts }: Probed, { isExplained }: TextOptions): readonly string[] {
  const last = attempts.at(-1) ?? attempts[0];
  return [
    ...row('monitor', `${monitor.id}  ${monitor.probe.kind}  ${monitor.target}`),
    ...row('result', resultText(last, attempts.length)),
    ...table('from', [['this machine', last.address === undefined ? 'no address was contacted' : `asked ${last.address}`]]),
    ...identityRow(identitySeen(monitor, last, last.findings)),
    ...attempts.flatMap((attempt, index) => attemptRows(attempt, attempts.length === 1 ? '' : ` ${index + 1}`)),
    ...(isExplained ? explanation({ monitor, attempts }) : []),
  ];
}

export function resultText(last: Attempt, tries: number): string {
  const outcome = outcomeOf(last);
  if (outcome === 'ok') return tries === 1 ? 'up' : 'up, at the second try';
  return `${outcome === 'failed' ? 'fails' : 'could not be probed'}, ${last.reason}: ${last.detail}`;
}

export function attemptRows({ reason, detail, phases, findings }: Tried, number: string): readonly string[] {
  return [
    '',
    ...row(`try${number}`, `${timeText(totalMs(phases))}, ${reason}${detail === '' ? '' : `: ${detail}`}`),
    ...table('phases', phaseBars(phases)),
    ...(findings.length === 0 ? [] : table('looked at', findings.map(findingRow))),
  ];
}

export const identityRow = (seen: IdentitySeen | undefined): readonly string[] => (seen === undefined ? [] : row('identity', seen.words));

function findingRow({ what, seen, wanted, isGood }: Finding): readonly string[] {
  const mark = isGood === undefined ? '\u00a0' : isGood ? '✓' : '✗';
  return [mark, what, `${seen}${wanted === undefined ? '' : `, wanted ${wanted}`}`];
}

function explanation({ monitor }: Probed): readonly string[] {
  const { downAfter, upAfter, timeoutMs, intervalMs } = monitor;
  return [
    '',
    ...row('patience', `given up after ${formatDuration(timeoutMs)}, probed every ${formatDuration(intervalMs)} from every region`),
    ...row('', `a region calls it down after ${downAfter} failing samples in a row, and up after ${upAfter} good ones; a sample is the last try`),
    ...(identityOf(monitor.probe) === undefined ? row('identity', 'not proven: the monitor names nobody who must answer (`identity`)') : []),
    ...meaningRows,
  ];
}

const meanings = {
  dnsMs: 'the name was resolved to the one address that is contacted',
  connectMs: 'the connection was accepted',
  tlsMs: 'the TLS handshake was done and the certificate judged',
  firstByteMs: 'the question was sent, and the answer began',
  transferMs: 'the rest of the answer came',
} as const;

/** What is meant, whatever was probed. */
export const meaningRows: readonly string[] = [
  ...table(
    'phases',
    Object.entries(phaseNames).map(([phase, name]) => [name, meanings[phase as keyof typeof meanings]]),
  ),
  ...row('reasons', 'each is explained in docs/reasons.md'),
];
