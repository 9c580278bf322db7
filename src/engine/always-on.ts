/**
 * A sign of life each hour, the way that incidents go: topic, relay, channel. The dead-man service behind that channel rings when it stays away,
 * whatever on that way has failed.
 */
import { hour } from '../core/basics/time';
import { alwaysOnOf } from '../core/config/channels/channel';
import { alwaysOnWords } from '../core/message/always-on-message';
import { hasTimeFor } from './time-left';
import { within } from './within';
import { publishLimitMs, type World } from './world';

/** An environment that is new says it at once: one more does no harm. */
export async function sayAlwaysOn(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const { region, config } = self;
  const channels = config.channels.filter((channel) => alwaysOnOf(channel) === region).map(({ name }) => name);
  const now = ports.clock.now();
  if (channels.length === 0 || (memory.alwaysOnAt !== undefined && Math.abs(now - memory.alwaysOnAt) < hour)) return;
  if (!hasTimeFor(world, publishLimitMs)) return;
  const outcome = await within(ports.clock, publishLimitMs, ports.topics.publish(region, { ...alwaysOnWords({ by: region, now }), channels }));
  if (outcome.kind === 'done') memory.alwaysOnAt = now;
  else ports.diary.note('sign of life not sent', { topic: region, error: outcome.error });
}
