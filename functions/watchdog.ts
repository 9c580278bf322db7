/** Runs every minute in every region, on its own schedule: judge again, watch the probers, deliver what is pending. */
import { createEnvironment, type LambdaContext } from '../src/adapters/lambda/environment';
import { runWatchdog, type ScheduledEvent } from '../src/engine/invocation';

const worldOf = createEnvironment('watchdog');

export const handler = (event: ScheduledEvent, context: LambdaContext): Promise<void> => runWatchdog(event, worldOf(context));
