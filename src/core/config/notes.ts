/** What a configuration leads to that its author may want to know: nothing is wrong with it. */
import { outgrown, shardCount } from '../function-size';
import type { Config } from './config';
import { formatDuration } from './durations';

/** Sentences. */
export function notesFor(config: Config): readonly string[] {
  const found = outgrown(config);
  if (found === undefined) return [];
  const { probesPerRound, most } = found;
  const shards = shardCount(config);
  return [
    `a round of ${formatDuration(config.beatIntervalMs)} has ${probesPerRound} probes, and one function has time for about ${most}: in each region ${shards} probe workers probe a shard each, at the same time`,
  ];
}
