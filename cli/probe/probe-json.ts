/** What was probed, for programs. */
import { outcomeOf, totalMs } from '../../src/core/observation';
import type { Probed, Tried } from './probe-once';

export const probeJson = (probed: readonly Probed[]): string => `${JSON.stringify({ from: 'this machine', probes: probed.map(viewOf) })}\n`;

function viewOf({ monitor, attempts }: Probed) {
  const last = attempts.at(-1) ?? attempts[0];
  const { id, target, probe, timeoutMs } = monitor;
  return {
    monitor: id,
    kind: probe.kind,
    target,
    timeoutMs,
    outcome: outcomeOf(last),
    reason: last.reason,
    detail: last.detail,
    latencyMs: Math.round(totalMs(attempts[0].phases) * 10) / 10,
    attempts: attempts.map(attemptView),
  };
}

function attemptView({ reason, detail, address, phases, findings }: Tried) {
  return { reason, detail, address: address ?? null, phases, findings: findings.map(({ what, seen, wanted, isGood }) => ({ what, seen, wanted, isGood })) };
}
