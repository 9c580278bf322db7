/** What the prober of a region saw, for people and for programs. */
import { disbelief } from '../../src/core/canary';
import type { Seen } from '../../src/engine/ask';
import { row, table } from '../why/layout';
import type { SeenFrom } from './from-region';
import { attemptView, identityIn } from './probe-json';
import type { Tried } from './probe-once';
import { attemptRows, identityRow, meaningRows, plain, resultText, type TextOptions } from './probe-text';

export function seenText({ region, canaries, seen }: SeenFrom, { isExplained }: TextOptions): string {
  const { monitor, address, reason, detail, identity } = seen;
  const attempts = triedIn(seen);
  const last = attempts.at(-1);
  const result = last === undefined ? `${reason}${detail === '' ? '' : `: ${detail}`}` : resultText(last, attempts.length);
  const lines = [
    ...row('monitor', monitor),
    ...row('result', canaries === 'right' ? result : `does not count: ${disbelief[canaries]}`),
    ...table('from', [[region, address === '' ? 'no address was contacted' : `asked ${address}`]]),
    ...identityRow(identity),
    ...attempts.flatMap((attempt, index) => attemptRows(attempt, attempts.length === 1 ? '' : ` ${index + 1}`)),
    ...(attempts.length === 0 ? row('phases', 'this version of the prober does not tell them; deploy again') : []),
    ...(isExplained ? ['', ...meaningRows] : []),
  ];
  return plain(lines.join('\n'));
}

export function seenJson({ region, canaries, seen }: SeenFrom): string {
  const { monitor, outcome, reason, detail, ms, identity } = seen;
  const probe = { monitor, outcome, reason, detail, ...identityIn(identity), latencyMs: ms, attempts: triedIn(seen).map(attemptView) };
  return `${JSON.stringify({ from: region, canaries, probes: [probe] })}\n`;
}

/** Earlier versions of the prober tell less. */
const triedIn = ({ attempts = [], findings = [] }: Seen): readonly Tried[] =>
  attempts.map((attempt, index) => ({ ...attempt, findings: findings[index] ?? [] }));
