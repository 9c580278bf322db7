/** Runs every minute in each prober region: probe what is due, write the beat, judge, announce. Asked by somebody, it only answers. */
import { createEnvironment, type LambdaContext } from '../src/adapters/lambda/environment';
import { type ProberEvent, runProber } from '../src/engine/invocation';

const worldOf = createEnvironment('prober');

export const handler = (event: ProberEvent, context: LambdaContext): ReturnType<typeof runProber> => runProber(event, worldOf(context));
