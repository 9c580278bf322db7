/** What the prober of a region saw, for people and for programs. */
import { disbelief } from '../../src/core/canary';
import type { Attempt } from '../../src/core/observation';
import { row, table } from '../why/layout';
import type { SeenFrom } from './from-region';
import { identityIn } from './probe-json';
import { attemptRows, identityRow, plain, resultText } from './probe-text';

export function seenText({ region, canaries, seen }: SeenFrom): string {
  const { attempts = [], monitor, address, reason, detail, identity } = seen;
  const last: Attempt | undefined = attempts.at(-1);
  const result = last === undefined ? `${reason}${detail === '' ? '' : `: ${detail}`}` : resultText(last, attempts.length);
  const lines = [
    ...row('monitor', monitor),
    ...row('result', canaries === 'right' ? result : `does not count: ${disbelief[canaries]}`),
    ...table('from', [[region, address === '' ? 'no address was contacted' : `asked ${address}`]]),
    ...identityRow(identity),
    ...attempts.flatMap((attempt, index) => attemptRows({ ...attempt, findings: [] }, attempts.length === 1 ? '' : ` ${index + 1}`)),
    ...(attempts.length === 0 ? row('phases', 'this version of the prober does not tell them; deploy again') : []),
  ];
  return plain(lines.join('\n'));
}

export function seenJson({ region, canaries, seen }: SeenFrom): string {
  const { monitor, outcome, reason, detail, ms, identity, attempts = [] } = seen;
  const probe = { monitor, outcome, reason, detail, ...identityIn(identity), latencyMs: ms, attempts };
  return `${JSON.stringify({ from: region, canaries, probes: [probe] })}\n`;
}
