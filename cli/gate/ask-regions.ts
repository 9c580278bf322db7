/** Asks every prober as often as it was wished, one time after the other, and all of them beside each other. */
import { randomUUID } from 'node:crypto';
import type { Functions } from '../../src/adapters/lambda/functions';
import type { RegionId } from '../../src/core/basics/brand';
import type { Ask, AskAnswer } from '../../src/engine/ask';
import { causeOf } from '../deployed/cause';

export interface Asking {
  readonly regions: readonly RegionId[];
  readonly monitors: readonly string[];
  readonly times: number;
  /** Whether everything is to be told that was looked at. */
  readonly isExplained?: boolean;
}

export interface AskedRegion {
  readonly region: RegionId;
  readonly answers: readonly AskAnswer[];
  /** Why it could not be asked, or not to the end. */
  readonly trouble: string | undefined;
}

export const askRegions = (functions: Functions, asking: Asking): Promise<readonly AskedRegion[]> =>
  Promise.all(asking.regions.map((region) => askRegion(functions, region, asking)));

/** The first time that fails is the last: what does not answer is not asked for longer. */
async function askRegion(functions: Functions, region: RegionId, { monitors, times, isExplained = false }: Asking): Promise<AskedRegion> {
  const answers: AskAnswer[] = [];
  try {
    for (let time = 1; time <= times; time += 1) answers.push(await askOnce(functions, region, { monitors, isExplained }));
    return { region, answers, trouble: undefined };
  } catch (error) {
    return { region, answers, trouble: causeOf(error, `the prober of ${region}`, region) };
  }
}

async function askOnce(functions: Functions, region: RegionId, { monitors, isExplained }: Pick<Ask, 'monitors' | 'isExplained'>): Promise<AskAnswer> {
  const nonce = randomUUID();
  const answer = await functions.ask(region, 'prober', { ask: { nonce, monitors, ...(isExplained ? { explain: true } : {}) } });
  if (isAnswer(answer) && answer.nonce === nonce && answer.region === region) return answer;
  throw new Error(`the prober of ${region} answered what is no answer to this question: it is of a version that cannot be asked; deploy again`);
}

/** What the function wrote is trusted once it has the shape of an answer. */
function isAnswer(value: unknown): value is AskAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { nonce, seen, unknown, canaries } = value as Partial<Record<keyof AskAnswer, unknown>>;
  return typeof nonce === 'string' && typeof canaries === 'string' && Array.isArray(seen) && Array.isArray(unknown);
}
