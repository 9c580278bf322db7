/** Whether a probe pays for a handshake. */
import type { Probe } from '../config/kinds/probe';

export function isOverTls(probe: Probe): boolean {
  if (probe.kind === 'tls') return true;
  if (probe.kind === 'grpc') return probe.isPlain !== true;
  if (probe.kind === 'members') return isOverTls(probe.of);
  if ('url' in probe) return /^(https|wss):/.test(probe.url);
  return 'tls' in probe && probe.tls !== undefined;
}
