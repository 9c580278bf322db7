/** Whether a probe pays for a handshake. */
import type { Probe } from '../config/kinds/probe';

export function isOverTls(probe: Probe): boolean {
  if (probe.kind === 'tls') return true;
  if ('url' in probe) return /^(https|wss):/.test(probe.url);
  return 'tls' in probe && probe.tls !== undefined;
}
