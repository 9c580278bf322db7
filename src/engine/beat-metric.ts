/** Signs of life for alarms that need none of our code. */
import { type Instant, instant, type Slot } from '../core/basics/brand';
import { minute, second } from '../core/basics/time';
import { allRegions } from '../core/config/config';
import { within } from './within';
import { remoteLimitMs, type World } from './world';

/** The alarms count by the minute, so one datapoint a minute is enough, however short the beats. */
export async function publishOncePerMinute(world: World, slot: Slot): Promise<void> {
  const at = instant(Math.floor((slot * second) / minute) * minute);
  if (world.memory.metricAt !== undefined && world.memory.metricAt >= at) return;
  world.memory.metricAt = at;
  await publishBeatMetric(world, at);
}

/** Into every region at once: each has an alarm that fires when this stops, without any code of ours. */
export async function publishBeatMetric({ self, ports }: World, at: Instant): Promise<void> {
  const publish = async (into: Parameters<typeof ports.beatMetrics.publish>[0]): Promise<void> => {
    const outcome = await within(ports.clock, remoteLimitMs, ports.beatMetrics.publish(into, self.role, self.region, at));
    if (outcome.kind === 'failed') ports.diary.note('beat metric not published', { into, error: outcome.error });
  };
  await Promise.all(allRegions(self.config.regions).map(publish));
}
