/** Everything that must hold in a region that has just been deployed, before the next one is touched. */
import type { Functions } from '../../src/adapters/lambda/functions';
import type { Subscriptions } from '../../src/adapters/sns/subscriptions';
import type { RegionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import type { DeployedFunction } from '../../src/core/names';
import { hasRelay, hasWorkers, rolesIn } from '../../src/core/region-functions';
import type { Replica } from '../../src/engine/ports';
import { causeOf } from '../deployed/cause';
import { type Listening, listeningOf } from '../deployed/listeners';
import { functionFacts } from './function-facts';
import type { LandingFact } from './landing-fact';
import { turnFacts } from './turn-facts';

/** What is deployed, as it is reached from here. */
export interface Deployed {
  readonly functions: Functions;
  readonly replicaOf: (region: RegionId) => Replica;
  readonly subscriptions: Subscriptions;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface LandRegion {
  readonly config: Config;
  readonly region: RegionId;
  readonly number: number;
  readonly areRightsEvaluated: boolean;
}

/** A function that cannot even answer is given no turn: what it would leave behind is known. */
export async function landRegion(deployed: Deployed, { config, region, number, areRightsEvaluated }: LandRegion): Promise<readonly LandingFact[]> {
  const roles = rolesIn(config.regions, region);
  const tellerOf = (role: string): number | undefined => (role === 'watchdog' ? number : undefined);
  const ofFunctions = await Promise.all(
    roles.map((role) => functionFacts({ functions: deployed.functions, config, region, role, tell: tellerOf(role), areRightsEvaluated })),
  );
  const ofCalled = await Promise.all(
    calledIn(config, region).map((role) => functionFacts({ functions: deployed.functions, config, region, role, areRightsEvaluated })),
  );
  const facts = [...ofFunctions, ...ofCalled].flat();
  if (facts.some(({ verdict }) => verdict === 'fail')) return facts;
  const ofTurns = await Promise.all(roles.map((role) => turnFacts({ ...deployed, config, region, role })));
  return [...facts, ...ofTurns.flat(), ...(await listenerFacts(deployed, config, region))];
}

/** Those that no schedule runs, and that can be asked: an inbox is reached by its URL, and each round of its prober does so. */
function calledIn(config: Config, region: RegionId): readonly DeployedFunction[] {
  return [...(hasWorkers(config, region) ? (['probe-worker'] as const) : []), ...(hasRelay(config) ? (['relay'] as const) : []), 'widget'];
}

const verdicts = { listens: 'ok', missing: 'fail', unconfirmed: 'note' } as const satisfies Record<Listening['state'], LandingFact['verdict']>;

async function listenerFacts({ subscriptions }: Deployed, config: Config, region: RegionId): Promise<readonly LandingFact[]> {
  if (config.channels.length === 0) return [{ region, verdict: 'note', said: `the configuration has no channels: nobody is told anything from ${region}` }];
  try {
    return listeningOf(config, await subscriptions(region), region).map(({ state, said }): LandingFact => ({ region, verdict: verdicts[state], said }));
  } catch (error) {
    return [{ region, verdict: 'fail', said: causeOf(error, `the topic of ${region}`, region) }];
  }
}
