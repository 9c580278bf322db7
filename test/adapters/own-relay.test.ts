/** What the watchdog hands over again, over the wire, and as the relay reads it. */
import { text } from 'node:stream/consumers';
import { createOwnRelay } from '../../src/adapters/lambda/own-relay';
import { messagesIn } from '../../src/adapters/lambda/relay-event';
import { createSignatureCheck } from '../../src/adapters/sns/signature';
import { regionId } from '../../src/core/basics/brand';
import { startServers } from './servers';

const servers = startServers();
const [account, region] = ['111122223333', regionId('eu-west-1')];
const heard: string[] = [];

beforeAll(async () => {
  const port = await servers.http(async (request, response) => {
    heard.push(await text(request));
    response.writeHead(202).end();
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterAll(() => servers.close());

it('is brought on, although SNS has not signed it', async () => {
  await createOwnRelay({ account, region }).hand({ subject: 'PAGE shop is DOWN', text: 'shop is down', json: '{"key":"shop:availability"}' }, ['chat']);
  const note = jest.fn();
  const check = createSignatureCheck({ region, now: Date.now });
  const messages = await messagesIn(JSON.parse(heard[0]!), { account, region, check, diary: { note } });
  const message = JSON.stringify({ text: 'shop is down', event: { key: 'shop:availability' } });
  expect(messages).toMatchObject([{ subject: 'PAGE shop is DOWN', message, region, channels: ['chat'] }]);
  expect(note).not.toHaveBeenCalled();
});
