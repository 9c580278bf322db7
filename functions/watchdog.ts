/** Runs every minute in every region, on its own schedule: judge again, watch the probers, deliver what is pending. Asked by somebody, it only answers. */
import { createEnvironment, type LambdaContext } from '../src/adapters/lambda/environment';
import { turnOf } from '../src/adapters/lambda/turn';
import { runWatchdog } from '../src/engine/invocation';

const worldOf = createEnvironment('watchdog');

export const handler = (event: unknown, context: LambdaContext): ReturnType<typeof runWatchdog> => runWatchdog(turnOf(event), worldOf(context));
