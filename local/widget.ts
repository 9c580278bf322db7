/** Asks the widget of a region as the console would: by invoking the function that is deployed. */
import type { RegionId } from '../src/core/basics/brand';
import { functionName } from '../src/core/names';

export interface Asked {
  /** Where the Lambda of that region answers. */
  readonly endpoint: string;
  readonly event: object;
}

/** What the function returned, HTML as a rule; throws where the region does not answer, or the function failed. */
export async function invokeWidget(region: RegionId, { endpoint, event }: Asked): Promise<string> {
  // Loaded when somebody looks: few do, and the system starts without it.
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient({
    region,
    endpoint,
    credentials: { accessKeyId: 'TWINWATCHCONSOLE', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
  try {
    const answer = await client.send(new InvokeCommand({ FunctionName: functionName('widget'), Payload: Buffer.from(JSON.stringify(event)) }));
    const payload = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) throw new Error(`the widget of ${region} failed: ${payload.slice(0, 300)}`);
    return String(JSON.parse(payload));
  } finally {
    client.destroy();
  }
}
