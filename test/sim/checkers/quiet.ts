/** A1: where silence or maintenance was ordered, nobody is paged of these monitors before it is over. */
import { minute, second } from '../../../src/core/basics/time';
import { timeOfStory } from '../time-of-story';
import type { Checker, Evidence, Violation } from './evidence';
import { type Harm, isOf } from './harm';
import { touches } from './intervals';
import { disturbances } from './speakers';

/** An order has to reach every region, and to be read: so long it may be unknown. */
const knownAfterMs = minute;
/** Clocks of healthy regions differ by so much, and what is published takes a while. */
const slackMs = 2 * second;

type Quiet = Extract<Harm, { takes: 'voice' }>;

export const quiet: Checker = (evidence) => evidence.harms.flatMap((harm) => (harm.takes === 'voice' ? broken(harm, evidence) : []));

function broken(harm: Quiet, evidence: Evidence): readonly Violation[] {
  const told = evidence.history.announced.filter(
    ({ family, kind, subject, at }) =>
      family === 'availability' &&
      kind !== 'resolved' &&
      harm.monitors.some((id) => id === subject) &&
      at >= harm.begins + knownAfterMs &&
      at < harm.ends - slackMs,
  );
  return told
    .filter(
      ({ at, sender }) =>
        disturbances(evidence.harms, { begins: harm.begins - minute, ends: at }, () => false).length === 0 && hasClock(sender, evidence, harm),
    )
    .map(({ at, headline }) => ({ promise: 'A1', at, what: `"${headline}" was told though quiet was ordered from ${timeOfStory(harm.begins)}` }));
}

/** Whoever has a wrong clock does not know when it is over. */
const hasClock = (sender: Evidence['regions'][number], { harms }: Evidence, quiet: Quiet): boolean =>
  !harms.some((harm) => harm.takes === 'clock' && isOf(harm, sender) && touches(harm, quiet));
