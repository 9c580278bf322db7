/** From a transition to its receipt on every channel: services that break and mend one after the other. */
import { setTimeout as pause } from 'node:timers/promises';
import { minute, second } from '../../src/core/basics/time';
import type { LogEntry } from '../../src/core/log';
import type { StatusView } from '../../src/core/views';
import type { Services } from './services';
import { channelNames, type StormSystem } from './system';

export interface Receipts {
  readonly channel: string;
  /** From the entry that concludes a step to the one that says that the channel took it, ascending. */
  readonly msAfter: readonly number[];
  readonly transitions: number;
}

/** Each service breaks and mends once, alone: as it is on most days. */
export async function measureReceipts(system: StormSystem, services: Services): Promise<readonly Receipts[]> {
  await settled(system, 'up', services.names);
  for (const [index, name] of services.names.entries()) {
    services.setBroken([name]);
    await settled(system, 'down', [name]);
    await delivered(system, 2 * index + 1);
    services.setBroken([]);
    await settled(system, 'up', [name]);
    await delivered(system, 2 * index + 2);
  }
  const entries = await system.logs();
  return channelNames.map((channel) => ({ channel, msAfter: waitsOf(channel, entries), transitions: 2 * services.names.length }));
}

async function settled(system: StormSystem, verdict: string, names: readonly string[]): Promise<void> {
  await until(async () => {
    const { monitors } = await system.get<StatusView>('/api/status');
    return monitors.every((monitor) => !names.includes(monitor.id) || monitor.verdict === verdict);
  });
}

const delivered = (system: StormSystem, steps: number): Promise<void> =>
  until(async () => {
    const entries = await system.logs();
    return channelNames.every((channel) => waitsOf(channel, entries).length >= steps);
  });

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + minute;
  while (Date.now() < endsAt && !(await isSo().catch(() => false))) await pause(second / 4);
}

/** Of SNS itself nothing is known but that it accepted the message. */
function waitsOf(channel: string, entries: readonly LogEntry[]): readonly number[] {
  const steps = new Map<string, number>();
  for (const { at, body } of entries)
    if (body.kind === 'opened' || body.kind === 'resolved') steps.set(`${body.key} ${body.kind}`, Math.min(at, steps.get(`${body.key} ${body.kind}`) ?? at));
  const receipts = new Map<string, number>();
  for (const { at, body } of entries) {
    if (body.kind !== 'receipt' || (channel === 'webhook' ? body.level !== 'accepted' : body.channel !== channel)) continue;
    const step = `${body.key} ${body.transition}`;
    receipts.set(step, Math.min(at, receipts.get(step) ?? at));
  }
  return [...receipts].flatMap(([step, at]) => (steps.has(step) ? [at - (steps.get(step) ?? 0)] : [])).sort((one, other) => one - other);
}
