/** Having the probe workers of this region probe a shard each: synchronous invocations, whose answers are read without trust. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RegionId } from '../../core/basics/brand';
import { minute, second } from '../../core/basics/time';
import { functionArn } from '../../core/names';
import { shardAnswerFromJson } from '../../core/shard-answer';
import type { Shards } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

export function createShards({ account, region }: { readonly account: string; readonly region: RegionId }): Shards {
  const what = `probe-worker ${region}: Invoke`;
  return {
    async probe(request, timeoutMs) {
      const command = new InvokeCommand({
        FunctionName: functionArn(account, region, 'probe-worker'),
        InvocationType: 'RequestResponse',
        Payload: JSON.stringify({ shard: request }),
      });
      const invoked = await limited({ what, limitMs: timeoutMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
      const text = invoked.Payload?.transformToString() ?? '';
      if (invoked.FunctionError !== undefined) throw new Error(`${what} failed in the function: ${shortened(text)}`);
      const answer = shardAnswerFromJson(valueIn(text));
      if (answer === undefined) throw new Error(`${what} was answered with what is no answer to it: ${shortened(text)}`);
      return answer;
    },
  };
}

/** It answers when its shard is probed, which is later than a connection of ours may usually stay silent. */
const clientOf = oncePerRegion((region) => {
  const { requestHandler, ...options } = clientOptions(region);
  return new LambdaClient({ ...options, requestHandler: { ...requestHandler, requestTimeout: minute + second } });
});

const shortened = (text: string): string => text.slice(0, 120);

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
