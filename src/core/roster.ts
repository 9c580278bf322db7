/** Which monitor each mark of a packed beat belongs to: written once per configuration, so that old beats stay readable. */
import { type MonitorId, monitorId } from './basics/brand';
import type { Config } from './config/config';
import { type Item, rosterKey, type Writer } from './table';

export function encodeRoster(config: Config, writer: Writer): Item {
  return { ...rosterKey(writer, config.hash), v: 1, ids: JSON.stringify(config.monitors.map((monitor) => monitor.id)) };
}

/** Undefined for an item that is no roster of this version. */
export function decodeRoster(item: Item): { readonly configHash: string; readonly ids: readonly MonitorId[] } | undefined {
  try {
    const ids: unknown = JSON.parse(String(item.ids));
    return Array.isArray(ids) ? { configHash: item.sk, ids: ids.map((id) => monitorId(String(id))) } : undefined;
  } catch {
    return undefined;
  }
}
