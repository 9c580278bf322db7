/** Runs every minute in each prober region: probe what is due, write the beat, judge, announce. */
import { createEnvironment, type LambdaContext } from '../src/adapters/lambda/environment';
import { runProber, type ScheduledEvent } from '../src/engine/invocation';

const worldOf = createEnvironment('prober');

export const handler = (event: ScheduledEvent, context: LambdaContext): Promise<void> => runProber(event, worldOf(context));
