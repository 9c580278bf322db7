/** What subscribers may know of an incident: what is wrong with which service, and since when. Nothing of who saw it, from where and how. */
import type { Condition, Family } from '../condition';

interface PublicWords {
  readonly now: string;
  readonly before: string;
}

const words: Readonly<Partial<Record<Condition, PublicWords>>> = {
  down: { now: 'is down', before: 'was down' },
  partial: { now: 'is down from some places', before: 'was down from some places' },
  flaky: { now: 'fails now and then', before: 'failed now and then' },
  misidentified: { now: 'does not answer as it should', before: 'did not answer as it should' },
};
const unspecific: PublicWords = { now: 'is not well', before: 'was not well' };

export const publicWords = (condition: Condition): PublicWords => words[condition] ?? unspecific;

/** The gravest first: what is said of all of a time that had several. */
const byGravity: readonly Condition[] = ['down', 'misidentified', 'partial', 'flaky'];

export const gravestOf = (conditions: readonly Condition[]): Condition => byGravity.find((one) => conditions.includes(one)) ?? 'down';

/** Whether it is about what is watched, or about time in which nothing was: all else is our own trouble. */
export const isPublic = ({ family, condition }: { readonly family: Family; readonly condition: Condition }): boolean =>
  family === 'availability' || family === 'identity' || condition === 'unwatched';
