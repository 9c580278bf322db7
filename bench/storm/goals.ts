/** What is promised of alerts under load, held against what was measured. */
import type { Config } from '../../src/core/config/config';
import { leastMemoryMb, proberMemoryMb } from '../../src/core/function-size';
import { usualCap } from '../../src/core/gathering';
import { medianMb, peakOf } from './memory';
import type { Passed } from './passing';
import type { Receipts } from './receipts';
import { channelNames, keepers } from './system';
import { keysTriggered, seenBy } from './told';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly goal: `at most ${number}` | `at least ${number}` | `${number}`;
  readonly unit: string;
  readonly isMet: boolean;
}

const atMost = (what: string, value: number, most: number, unit: string): Figure => ({ what, value, goal: `at most ${most}`, unit, isMet: value <= most });
const atLeast = (what: string, value: number, least: number, unit: string): Figure => ({ what, value, goal: `at least ${least}`, unit, isMet: value >= least });
const exactly = (what: string, value: number, wanted: number, unit: string): Figure => ({ what, value, goal: `${wanted}`, unit, isMet: value === wanted });

const promisedMs = 2000;

export const goalsOfReceipts = (receipts: readonly Receipts[]): readonly Figure[] =>
  receipts.flatMap(({ channel, msAfter, transitions }) => [
    exactly(`${channel}: steps with a receipt`, msAfter.length, transitions, ''),
    atMost(`${channel}: a step to its receipt, at most`, msAfter.at(-1) ?? Number.POSITIVE_INFINITY, promisedMs, 'ms'),
  ]);

/** What is not yet copied to it no region can count: each may use up what it believes is left. */
const mostSingle = ({ regions, cap = usualCap }: Config): number => cap.messages * regions.probers.length;
/** All processes together; a collection more or less. */
const slackMb = 48;

export function goalsOfStorm(passed: Passed, config: Config): readonly Figure[] {
  const count = config.monitors.length;
  return [
    exactly('incidents', passed.incidents, count, ''),
    atMost('from the first opening to the last', passed.openedWithinMs, 60_000, 'ms'),
    exactly('first pages that never came', passed.untold, 0, ''),
    atMost('an opening to its first message, at most', passed.waitsMs.at(-1) ?? Number.POSITIVE_INFINITY, 60_000, 'ms'),
    ...channelNames.filter((name) => !keepers.includes(name)).flatMap((name) => ofReceiver(passed, name, mostSingle(config))),
    ...keepers.map((name) => exactly(`${name}: incidents opened there`, keysTriggered(passed.got, name), count, '')),
    ...memoryGoals(passed, config),
  ];
}

function ofReceiver({ got }: Passed, name: string, most: number): readonly Figure[] {
  const { single, gatheredPages } = seenBy(got, name);
  return [atMost(`${name}: messages about one incident`, single, most, ''), atLeast(`${name}: pages that say the cap is reached`, gatheredPages, 1, '')];
}

function memoryGoals({ before, during, after }: Passed, config: Config): readonly Figure[] {
  const [first, second] = after;
  const all = [...before, ...during, ...first, ...second];
  return [
    atMost('largest prober (as deployed)', peakOf(all, 'prober'), proberMemoryMb(config), 'MB'),
    atMost('largest watchdog (as deployed)', peakOf(all, 'watchdog'), leastMemoryMb, 'MB'),
    atMost('largest relay (as deployed)', peakOf(all, 'relay'), leastMemoryMb, 'MB'),
    atMost('all processes: growth from one minute to the next after all was told', medianMb(second) - medianMb(first), slackMb, 'MB'),
  ];
}
