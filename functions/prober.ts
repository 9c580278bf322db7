/** Runs every minute in each prober region: probe what is due, write the beat, judge, announce. Poked by another region, it only answers. */
import { createEnvironment, type LambdaContext } from '../src/adapters/lambda/environment';
import { type ProberEvent, runProber } from '../src/engine/invocation';
import type { PokeAnswer } from '../src/engine/ports';

const worldOf = createEnvironment('prober');

export const handler = (event: ProberEvent, context: LambdaContext): Promise<PokeAnswer | undefined> => runProber(event, worldOf(context));
