/** Poking the prober of another region: a synchronous invocation that must come back with what it was given. */
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { type RegionId, type Slot, slotAt } from '../../core/basics/brand';
import { functionArn } from '../../core/names';
import type { PokeAnswer, Pokes } from '../../engine/ports';
import { pokeLimitMs } from '../../engine/world';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

export function createPokes({ account }: { readonly account: string }): Pokes {
  return {
    async poke(region, nonce) {
      const command = new InvokeCommand({
        FunctionName: functionArn(account, region, 'prober'),
        InvocationType: 'RequestResponse',
        Payload: JSON.stringify({ poke: nonce }),
      });
      const what = `prober ${region}: Invoke`;
      const invoked = await limited({ what, limitMs: pokeLimitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
      const text = payloadOf(invoked);
      if (invoked.FunctionError !== undefined) throw new Error(`${what} failed in the function: ${shortened(text)}`);
      const answer = readAnswer(text);
      if (answer === undefined) throw new Error(`${what} was answered with what is no answer to a poke: ${shortened(text)}`);
      if (answer.nonce !== nonce || answer.region !== region) throw new Error(`${what} was answered for another poke: ${shortened(text)}`);
      return answer;
    },
  };
}

/** A poke that is repeated would hide what it is to show. So it is tried once, on a new connection that no pause can have killed. */
const clientOf = oncePerRegion((region) => {
  const { requestHandler, ...options } = clientOptions(region);
  const fresh = { keepAlive: false };
  return new LambdaClient({ ...options, maxAttempts: 1, requestHandler: { ...requestHandler, httpAgent: fresh, httpsAgent: fresh } });
});

const payloadOf = ({ Payload }: InvokeCommandOutput): string => Payload?.transformToString() ?? '';

const shortened = (text: string): string => text.slice(0, 200);

function readAnswer(text: string): PokeAnswer | undefined {
  const { nonce, region, claimed, finished, givenUp, claimedForMs, store } = fieldsOf(text);
  if (typeof nonce !== 'string' || typeof region !== 'string') return undefined;
  if (store !== 'answers' && store !== 'refuses') return undefined;
  if (!isSlotOrAbsent(claimed) || !isSlotOrAbsent(finished) || !isSlotOrAbsent(givenUp)) return undefined;
  if (claimedForMs !== undefined && !Number.isSafeInteger(claimedForMs)) return undefined;
  const slots = { claimed: slotOrAbsent(claimed), finished: slotOrAbsent(finished), givenUp: slotOrAbsent(givenUp) };
  return { nonce, region: region as RegionId, ...slots, claimedForMs: claimedForMs as number | undefined, store };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

const isSlotOrAbsent = (value: unknown): value is number | undefined => value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0);

const slotOrAbsent = (value: number | undefined): Slot | undefined => (value === undefined ? undefined : slotAt(value));
