/** Which answers are a "no", on every way to AWS; everything else is a failure like any other. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { limited } from '../../src/adapters/aws/limited-call';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { regionId } from '../../src/core/basics/brand';
import { Refused } from '../../src/engine/ports';
import { startDynalite, testClient } from './engines';

const call = { what: 'replica eu-west-1: PutItem', limitMs: 1000 };
const answer = (name: string, status = 400) => Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });
const failing = (error: Error) => limited(call, () => Promise.reject(error));

describe('a call to AWS', () => {
  it.each([
    ['AccessDeniedException'],
    ['AccessDenied'],
    ['AuthorizationError'],
    ['UnrecognizedClientException'],
    ['ExpiredToken'],
    ['ExpiredTokenException'],
    ['InvalidSignatureException'],
    ['SignatureDoesNotMatch'],
    ['MissingAuthenticationToken'],
    ['MissingAuthenticationTokenException'],
    ['Throttling'],
    ['ThrottlingException'],
    ['ProvisionedThroughputExceededException'],
    ['RequestLimitExceeded'],
    ['TooManyRequestsException'],
  ])('that is answered with %s is refused, and says which call it was', async (name) => {
    const refused = failing(answer(name));
    await expect(refused).rejects.toBeInstanceOf(Refused);
    await expect(refused).rejects.toMatchObject({ name, message: `replica eu-west-1: PutItem failed: no (${name})` });
  });

  it.each([401, 403, 429])('that is answered with status %d is refused, whatever the error is called', async (status) => {
    await expect(failing(answer('SomethingNew', status))).rejects.toBeInstanceOf(Refused);
  });

  it.each([
    ['an error of the service', answer('InternalServerError', 500)],
    ['a call that the service finds wrong', answer('ValidationException')],
    ['a table that is not there', answer('ResourceNotFoundException')],
    ['a connection that breaks', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
    ['a name that nobody knows', Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })],
  ])('that ends with %s failed, and was not refused', async (_case, error) => {
    await expect(failing(error)).rejects.not.toBeInstanceOf(Refused);
    await expect(failing(error)).rejects.toThrow(/^replica eu-west-1: PutItem failed: /);
  });

  it('that takes too long failed, and was not refused', async () => {
    await expect(limited({ ...call, limitMs: 10 }, () => new Promise(() => undefined))).rejects.not.toBeInstanceOf(Refused);
  });
});

describe('a real table', () => {
  const unsigned = (client: DynamoDBClient, port: number): DynamoDBClient => {
    client.destroy();
    const bare = testClient(port);
    bare.middlewareStack.add((next) => (args) => next(withoutAuthorization(args)), { step: 'finalizeRequest', priority: 'low' });
    return bare;
  };

  it('refuses a call without a signature', async () => {
    const engine = await startDynalite();
    try {
      const port = (await engine.client.config.endpoint?.())?.port ?? 0;
      const replica = createReplica({ region: regionId('eu-west-1'), timeoutMs: 5000, isConsistent: () => true, client: unsigned(engine.client, port) });
      const putting = replica.put({ pk: 'p', sk: 's' });
      await expect(putting).rejects.toBeInstanceOf(Refused);
      await expect(putting).rejects.toMatchObject({ name: 'MissingAuthenticationTokenException' });
    } finally {
      await engine.close();
    }
  });
});

function withoutAuthorization<Args extends { request: unknown }>(args: Args): Args {
  const { headers } = args.request as { headers: Record<string, string> };
  delete headers.authorization;
  return args;
}
