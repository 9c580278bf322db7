/** What a deployed function says of itself, under its own role. */
import { randomUUID } from 'node:crypto';
import type { Functions } from '../../src/adapters/lambda/functions';
import type { RegionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import type { DeployedFunction } from '../../src/core/names';
import type { LandingAnswer, LandingCheck, LandingCheckKind } from '../../src/engine/landing-answer';
import { causeOf } from '../deployed/cause';
import type { LandingFact } from './landing-fact';

export interface AskFunction {
  readonly functions: Pick<Functions, 'ask'>;
  readonly config: Config;
  readonly region: RegionId;
  readonly role: DeployedFunction;
  /** The number of the test message that it is to send. */
  readonly tell?: number | undefined;
  /** Whether what is not denied is a failure: not where rights are not evaluated at all. */
  readonly areRightsEvaluated: boolean;
}

export async function functionFacts(asked: AskFunction): Promise<readonly LandingFact[]> {
  const { region, role, config } = asked;
  const who = `the ${role} of ${region}`;
  const answer = await answerOf(asked, who);
  if (typeof answer === 'string') return [{ region, verdict: 'fail', said: answer }];
  const isSame = answer.configHash === config.hash;
  const facts: LandingFact[] = [
    isSame
      ? { region, verdict: 'ok', said: `${who} runs version ${answer.codeVersion} with the configuration of this file (${config.hash})` }
      : {
          region,
          verdict: 'fail',
          said: `${who} runs the configuration ${answer.configHash}, and this file is ${config.hash}: it was deployed from another file, or not yet from this one`,
        },
  ];
  for (const kind of kinds) {
    const ofKind = answer.checks.filter((check) => check.kind === kind);
    if (ofKind.length > 0) facts.push(...factsOfKind(kind, ofKind, asked));
  }
  return facts;
}

/** A sentence where it did not answer. */
async function answerOf({ functions, region, role, tell }: AskFunction, who: string): Promise<LandingAnswer | string> {
  const nonce = randomUUID();
  try {
    const answer = await functions.ask(region, role, { landing: { nonce, tell } });
    if (isAnswer(answer) && answer.nonce === nonce && answer.role === role && answer.region === region) return answer;
    return `${who} did not answer what it was asked: its version cannot be asked yet; deploy the stack of ${region} again`;
  } catch (error) {
    return causeOf(error, who, region);
  }
}

function isAnswer(value: unknown): value is LandingAnswer {
  return typeof value === 'object' && value !== null && 'nonce' in value && 'checks' in value && Array.isArray(value.checks);
}

const kinds: readonly LandingCheckKind[] = ['reads', 'writes', 'writes-of-others-denied', 'beats', 'pokes', 'secrets', 'asks-workers', 'draws', 'tells'];

const wellWords: Readonly<Record<LandingCheckKind, string>> = {
  reads: 'reads every replica',
  writes: 'writes its own items into every replica',
  'writes-of-others-denied': 'may not write what belongs to another region',
  beats: 'publishes its beats into every region',
  pokes: 'may poke every prober',
  secrets: 'can read every secret that it needs',
  'asks-workers': 'is answered by its probe workers',
  draws: 'draws what the dashboard shows of it',
  tells: 'has sent the test message to the topic',
};

const illWords: Readonly<Record<LandingCheckKind, string>> = {
  reads: 'cannot read the replica in',
  writes: 'cannot write its items into the replica in',
  'writes-of-others-denied': 'is not kept from writing what belongs to',
  beats: 'cannot publish its beats into',
  pokes: 'may not poke the prober of',
  secrets: 'cannot read what it needs in',
  'asks-workers': 'is not answered by the probe workers of',
  draws: 'cannot draw what the dashboard shows in',
  tells: 'cannot send to the topic of',
};

function factsOfKind(kind: LandingCheckKind, checks: readonly LandingCheck[], { region, role, areRightsEvaluated }: AskFunction): readonly LandingFact[] {
  const who = `the ${role} of ${region}`;
  const ill = checks.filter(({ isGood }) => !isGood);
  if (ill.length === 0) return [{ region, verdict: 'ok', said: `${who} ${wellWords[kind]}` }];
  const isNote = kind === 'writes-of-others-denied' && !areRightsEvaluated;
  return ill.map(({ at, said }) => ({ region, verdict: isNote ? 'note' : 'fail', said: `${who} ${illWords[kind]} ${at}: ${said}` }));
}
