/** S12: a transition is told once; by every region at most where they cannot see each other's receipts; by none twice. */
import type { RegionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import { type Told, tellings } from '../tellings';
import type { Checker, Evidence } from './evidence';
import { type Harm, isOf } from './harm';
import { type Interval, touches } from './intervals';
import { disturbances } from './speakers';

/** Two regions that conclude the same within this time cannot know of each other: a receipt has to travel. */
const receiptTravelsMs = 3 * second;

export const duplicates: Checker = (evidence) =>
  [...tellings(evidence.history)].flatMap(([transition, told]) => {
    const wrong = whatIsWrong(told, evidence);
    return wrong === undefined ? [] : [{ promise: 'S12', at: told.at(-1)?.at ?? 0, what: `${transition} was told ${wrong}` }];
  });

function whatIsWrong(told: Told, evidence: Evidence): string | undefined {
  const times = told.map(({ at }) => at);
  const first = Math.min(...times);
  const around = { begins: first - 2 * minute, ends: Math.max(...times) + minute };
  const isQuiet = disturbances(evidence.harms, around, () => false).length === 0;
  const most = isQuiet ? tellersOfTrouble(told, evidence) : evidence.regions.length;
  if (
    told.length > most &&
    times.some((time) => time - first > receiptTravelsMs) &&
    (isQuiet || senders(told).every((sender) => isUnharmed(sender, around, evidence)))
  )
    return `${told.length} times`;
  const twice = senders(told).find((sender) => isUnharmed(sender, around, evidence) && told.filter((one) => one.sender === sender).length > 1);
  return twice === undefined ? undefined : `${told.filter((one) => one.sender === twice).length} times by ${twice}`;
}

/**
 * Whoever told the trouble may tell its end: those who heard of it from there must hear that it is over.
 * Two who could not see each other told it as two incidents, and it ends as one.
 * Who tried to tell it and got no answer cannot know that nobody heard it.
 * Of one who tells the trouble and another who tells the end in the same moment neither can know of the other.
 */
function tellersOfTrouble([{ kind, key, at }]: Told, { history, harms }: Evidence): number {
  if (kind !== 'resolved') return 1;
  const ofKey = history.announced.filter((one) => one.key === key);
  const before = ofKey.filter((one) => one.at < at);
  const lastEnd = before.findLastIndex((one) => one.kind === 'resolved');
  const meanwhile = ofKey.filter((one) => one.kind !== 'resolved' && Math.abs(one.at - at) <= receiptTravelsMs);
  const trouble = before.slice(lastEnd + 1);
  const tried = history.logged.filter(
    ({ body, at: time }) => body.kind === 'announced' && body.key === key && body.transition !== 'resolved' && time > (before[lastEnd]?.at ?? 0) && time < at,
  );
  const tellers = new Set([...senders(trouble), ...tried.map(({ region }) => region)]);
  return Math.max(1, tellers.size) + senders(meanwhile).length + (trouble.some((one) => toldByWrongClock(one, harms)) ? 1 : 0);
}

/** It cannot know by its clock of now whether the end came after what it told then. */
const toldByWrongClock = ({ sender, at }: Announced, harms: readonly Harm[]): boolean =>
  harms.some((harm) => harm.takes === 'clock' && harm.region === sender && harm.begins < at && harm.ends > at);

/** A sender that was killed or could not write down what it sent rightly sends it again. */
const isUnharmed = (sender: RegionId, time: Interval, { harms }: Evidence): boolean =>
  !harms.some((harm) => isOf(harm, sender) && harm.takes !== 'clock' && touches(harm, time));

const senders = (told: readonly Announced[]): readonly RegionId[] => [...new Set(told.map((one) => one.sender))];
