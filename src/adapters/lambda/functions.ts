/** Invoking a deployed function by hand, with the credentials of whoever asks: in their account, by its name. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RegionId } from '../../core/basics/brand';
import { type DeployedFunction, type FunctionRole, functionName } from '../../core/names';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

export interface Functions {
  /** Waits for the answer. Throws where there is none, with a `name` that says how, and where the function itself failed. */
  ask(region: RegionId, role: DeployedFunction, event: object): Promise<unknown>;
  /** Gives it a turn, and does not wait for its end. */
  start(region: RegionId, role: FunctionRole): Promise<void>;
}

/** The longest answer is that of a round of slow targets, after a cold start. */
const askLimitMs = 60_000;
const startLimitMs = 15_000;

/** `endpointOf`: where AWS is pretended to be, whatever the settings of whoever asks. */
export function createFunctions(endpointOf?: (region: RegionId) => string): Functions {
  const clientOf = endpointOf === undefined ? deployedIn : oncePerRegion((region) => clientIn(region, pretended(endpointOf(region))));
  return {
    async ask(region, role, event) {
      const what = `${role} ${region}: Invoke`;
      const command = new InvokeCommand({ FunctionName: functionName(role), InvocationType: 'RequestResponse', Payload: JSON.stringify(event) });
      const invoked = await limited({ what, limitMs: askLimitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
      const text = invoked.Payload?.transformToString() ?? '';
      if (invoked.FunctionError !== undefined) throw new Error(`${what} failed in the function: ${text.slice(0, 300)}`);
      return parsed(text);
    },
    async start(region, role) {
      const command = new InvokeCommand({ FunctionName: functionName(role), InvocationType: 'Event', Payload: '{}' });
      await limited({ what: `${role} ${region}: Invoke`, limitMs: startLimitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
    },
  };
}

const deployedIn = oncePerRegion((region) => clientIn(region, {}));

const pretended = (endpoint: string) => ({ endpoint, credentials: { accessKeyId: 'TWINWATCHASKING', secretAccessKey: 'local' } });

/** It answers when the function does, which is later than a connection of ours may usually stay silent. */
function clientIn(region: RegionId, where: Partial<ReturnType<typeof pretended>>): LambdaClient {
  const { requestHandler, ...options } = clientOptions(region);
  return new LambdaClient({ ...options, ...where, maxAttempts: 1, requestHandler: { ...requestHandler, connectionTimeout: 5000, requestTimeout: askLimitMs } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
