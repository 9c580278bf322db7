import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asking, confirmTest, testChannels } from '../../cli/test-channels';
import type { ChannelProof } from '../../src/engine/prove';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-prove-'));
const config = join(folder, 'twinwatch.yaml');
writeFileSync(
  config,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how references are written.
  'regions: { probers: [eu-west-1, us-east-2] }\nchannels: { mail: { email: ops@example.com }, pager: { pagerduty: { key: "${secret:x}" } } }\nmonitors: { shop: { http: https://shop.example.com/ } }\n',
);
afterAll(() => rmSync(folder, { recursive: true }));

const mail: ChannelProof = { channel: 'mail', kind: 'email', how: 'waiting' };
const pager = (how: ChannelProof['how'], why?: string): ChannelProof => ({ channel: 'pager', kind: 'pagerduty', how, ...(why === undefined ? {} : { why }) });

/** Watchdogs that answer with this of the pager, look after look. */
function asking(looks: readonly ChannelProof[], over: { readonly trouble?: string } = {}) {
  const asked: unknown[] = [];
  const counts = new Map<string, number>();
  const asks: Asking = {
    functions: {
      ask: async (region, role, event) => {
        asked.push([region, role, event]);
        const count = counts.get(region) ?? 0;
        counts.set(region, count + 1);
        return { region, number: 0, channels: [mail, looks[Math.min(count, looks.length - 1)]!], ...over };
      },
    },
    sleep: async () => undefined,
    now: () => 1_795_237_323_000,
  };
  return { asks, asked };
}

it('a test goes out from every region, and is looked for until every channel of the relay has answered', async () => {
  const { asks, asked } = asking([pager('waiting'), pager('waiting'), pager('delivered')]);
  const { text, exitCode } = await testChannels({ config }, asks);
  const number = /^test (\d{4})\n/.exec(text)![1];
  expect(text).toBe(
    [
      `test ${number}`,
      `eu-west-1  mail   look whether it came, then: twinwatch confirm ${number} --channel mail`,
      'eu-west-1  pager  delivered',
      `us-east-2  mail   look whether it came, then: twinwatch confirm ${number} --channel mail`,
      'us-east-2  pager  delivered',
      '',
    ].join('\n'),
  );
  expect(exitCode).toBe(0);
  expect(asked.slice(0, 2)).toEqual(['eu-west-1', 'us-east-2'].map((region) => [region, 'watchdog', { prove: { number: Number(number), send: true } }]));
  expect(asked).toHaveLength(6);
});

it.each([
  ['failed', [pager('failed', 'status 404')], 'FAILED: status 404'],
  ['was never heard of', [pager('waiting')], 'NOTHING HEARD of it: is the relay there? See its log'],
] as const)('a channel that %s ends it with 1', async (_what, looks, said) => {
  const { text, exitCode } = await testChannels({ config, region: 'eu-west-1' }, asking(looks).asks);
  expect([exitCode, text.includes(`eu-west-1  pager  ${said}`)]).toEqual([1, true]);
});

it('a topic that does not accept it ends it with 1', async () => {
  const { text, exitCode } = await testChannels(
    { config, region: 'eu-west-1' },
    asking([pager('delivered')], { trouble: 'the topic did not accept the test' }).asks,
  );
  expect([exitCode, text]).toEqual([1, expect.stringContaining('NOT SENT: the topic did not accept the test')]);
});

it('who cannot be asked ends it with 2, and says what to do', async () => {
  const denied = Object.assign(new Error('no'), { name: 'ResourceNotFoundException' });
  const asks: Asking = { ...asking([]).asks, functions: { ask: () => Promise.reject(denied) } };
  expect(await testChannels({ config }, asks)).toMatchObject({ exitCode: 2, text: expect.stringContaining('the watchdog of eu-west-1 is not there') });
  expect(await testChannels({ config, region: 'eu-north-1' }, asks)).toMatchObject({ exitCode: 2 });
});

describe('confirm', () => {
  it('says for how long and from where it is proven', async () => {
    const { asks, asked } = asking([pager('delivered')]);
    expect(await confirmTest('1234', { config, channel: 'mail' }, asks)).toEqual({
      text: 'mail is proven for a week, as the topics of eu-west-1, us-east-2 reach it\n',
      exitCode: 0,
    });
    expect(asked[0]).toEqual(['eu-west-1', 'watchdog', { prove: { number: 1234, confirm: 'mail' } }]);
  });

  it.each(['', 'abc', '0', '-1', '1.5'])('"%s" is no number', async (number) => {
    expect(await confirmTest(number, { config, channel: 'mail' }, asking([]).asks)).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('is no number of a test'),
    });
  });

  it('of a test that no region sent is refused', async () => {
    const { asks } = asking([pager('waiting')], { trouble: 'eu-west-1 has sent no test 4321' });
    expect(await confirmTest('4321', { config, channel: 'mail', region: 'eu-west-1' }, asks)).toEqual({
      text: 'twinwatch: eu-west-1 has sent no test 4321\n',
      exitCode: 2,
    });
  });
});

it('the system on this machine is asked by the port of its page, without credentials', async () => {
  const edge = createServer((request, response) => {
    const answer = { region: 'eu-west-1', number: 7, channels: [pager('delivered')] };
    if (request.url === '/api/local') response.end(JSON.stringify({ regions: [{ name: 'eu-west-1', port: (edge.address() as AddressInfo).port }] }));
    else response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve));
  const port = String((edge.address() as AddressInfo).port);
  expect((await testChannels({ config: '/nowhere', port })).text).toMatch(/^test \d{4}\neu-west-1 {2}pager {2}delivered\n$/);
  expect((await confirmTest('7', { config: '/nowhere', port, channel: 'mail' })).text).toBe('mail is proven for a week, as the topics of eu-west-1 reach it\n');
  expect(await testChannels({ config: '/nowhere', port: '1' })).toMatchObject({ exitCode: 2, text: expect.stringContaining('no twinwatch is running') });
  edge.closeAllConnections();
  await new Promise((resolve) => edge.close(resolve));
});
