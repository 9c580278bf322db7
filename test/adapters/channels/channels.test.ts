// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import type { Notice } from '../../../src/core/message/notice';
import { channelOf, notice, openChannels, openReceiver, type Receiver } from './receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.got.length = 0;
  receiver.answer = (response) => response.end('ok');
});

const deliver = (line: string, told: Notice = notice()) => openChannels().deliver(channelOf(line.replaceAll('URL', receiver.url)), told, 2000);
const bodies = () => receiver.got.map(({ body }) => JSON.parse(body));
async function sent(line: string, told?: Notice) {
  expect(await deliver(line, told)).toEqual({ kind: 'delivered' });
  return bodies();
}
const over = notice({ calls: 'resolve', headline: 'RESOLVED checkout is up again', event: { ...notice().event, kind: 'resolved' } });
const ticket = notice({ severity: 'ticket', headline: 'TICKET checkout is FLAKY (confirmed)' });
const test = notice({ calls: 'test', headline: 'TEST 7 of twinwatch in eu-west-1: nothing is wrong', key: 'channel:eu-west-1:test', number: 7 });

describe('slack', () => {
  it('gets the headline as the message and the rest beside a bar, with nothing that could mention anybody', async () => {
    expect(await sent('slack: URL/services/x')).toEqual([
      {
        text: 'PAGE checkout is DOWN (confirmed)',
        attachments: [
          {
            color: '#c62828',
            text: 'since: 2026-11-21 04:01:50 UTC (13 s ago)\nfrom eu-west-1: status 503, wanted 2xx: &lt;b&gt;"we &amp; they" are *closed*&lt;/b&gt;',
            mrkdwn_in: [],
          },
        ],
        unfurl_links: false,
      },
    ]);
    expect(receiver.got[0]).toMatchObject({
      method: 'POST',
      path: '/services/x',
      headers: { 'content-type': 'application/json', 'user-agent': 'twinwatch/0.1.0 (eu-west-1)' },
    });
  });

  it('mentions whom the file says, and only of what wakes people', async () => {
    const line = 'slack: { url: URL/x, mention: "<!here>" }';
    await sent(line);
    await sent(line, ticket);
    expect((await sent(line, over)).map(({ text, attachments }) => [text, attachments[0].color])).toEqual([
      ['<!here> PAGE checkout is DOWN (confirmed)', '#c62828'],
      ['TICKET checkout is FLAKY (confirmed)', '#ef8f00'],
      ['RESOLVED checkout is up again', '#2e7d32'],
    ]);
  });
});

describe('teams', () => {
  it('gets an adaptive card', async () => {
    const [{ type, attachments }] = await sent('teams: URL/workflow');
    expect([type, attachments[0].contentType, attachments[0].content.type]).toEqual(['message', 'application/vnd.microsoft.card.adaptive', 'AdaptiveCard']);
    const { body, fallbackText } = attachments[0].content;
    expect(fallbackText).toBe('PAGE checkout is DOWN (confirmed)');
    expect(body[0]).toMatchObject({ text: 'PAGE checkout is DOWN (confirmed)', color: 'Attention', wrap: true });
    expect(body[2].text).toBe('from eu-west-1: status 503, wanted 2xx: <b>"we & they" are \\*closed\\*</b>');
  });

  it('that answers 200 and says that it failed, failed', async () => {
    receiver.answer = (response) => response.end('Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429');
    expect(await deliver('teams: URL/workflow')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('HTTP error 429') });
  });
});

describe('discord', () => {
  it('gets an embed that mentions nobody', async () => {
    const [message] = await sent('discord: URL/api/webhooks/x');
    expect(message).toMatchObject({
      allowed_mentions: { parse: [] },
      embeds: [{ title: 'PAGE checkout is DOWN (confirmed)', color: 0xc62828, timestamp: '2026-11-21T04:02:03.000Z' }],
    });
    expect(message.content).toBeUndefined();
  });

  it('mentions whom the file says', async () => {
    const [message] = await sent('discord: { url: URL/x, mention: "<@&42>" }');
    expect(message).toMatchObject({ content: '<@&42>', allowed_mentions: { parse: ['everyone', 'roles', 'users'] } });
  });
});

describe('pagerduty', () => {
  const line = 'pagerduty: { key: "${secret:key}", url: URL/v2/enqueue }';

  it('triggers one alert per incident, by its key', async () => {
    expect(await sent(line)).toEqual([
      {
        routing_key: 'key-0123456789abcdef',
        event_action: 'trigger',
        dedup_key: 'twinwatch:checkout:availability',
        client: 'twinwatch',
        payload: {
          summary: 'PAGE checkout is DOWN (confirmed)',
          source: 'checkout',
          severity: 'critical',
          timestamp: '2026-11-21T04:02:03.000Z',
          component: 'checkout',
          group: 'availability',
          class: 'down',
          custom_details: { details: notice().details, region: 'eu-west-1', incident: 'i-1' },
        },
      },
    ]);
    expect(receiver.got[0]!.path).toBe('/v2/enqueue');
  });

  it.each([
    ['resolve', 'resolve'],
    ['acknowledge', 'acknowledge'],
  ] as const)('%s is told with the same key, and nothing else', async (calls, event_action) => {
    expect(await sent(line, notice({ calls }))).toEqual([{ routing_key: 'key-0123456789abcdef', event_action, dedup_key: 'twinwatch:checkout:availability' }]);
  });

  it('a test is opened and closed at once, and wakes nobody', async () => {
    const [opened, closed] = await sent(line, test);
    expect(opened).toMatchObject({ event_action: 'trigger', dedup_key: 'twinwatch:channel:eu-west-1:test', payload: { severity: 'info' } });
    expect(closed).toMatchObject({ event_action: 'resolve', dedup_key: 'twinwatch:channel:eu-west-1:test' });
  });
});

describe('opsgenie', () => {
  const line = 'opsgenie: { key: "${secret:key}", url: URL }';

  it('has one alert per incident, by its alias, from its creation to its end', async () => {
    const [created] = await sent(line);
    await sent(line, notice({ calls: 'acknowledge' }));
    await sent(line, over);
    expect(created).toMatchObject({
      message: 'PAGE checkout is DOWN (confirmed)',
      alias: 'twinwatch:checkout:availability',
      priority: 'P1',
      source: 'twinwatch eu-west-1',
    });
    expect(created.details).toEqual({ subject: 'checkout', condition: 'down', incident: 'i-1' });
    expect(receiver.got.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v2/alerts', 'GenieKey key-0123456789abcdef'],
      ['/v2/alerts/twinwatch%3Acheckout%3Aavailability/acknowledge?identifierType=alias', 'GenieKey key-0123456789abcdef'],
      ['/v2/alerts/twinwatch%3Acheckout%3Aavailability/close?identifierType=alias', 'GenieKey key-0123456789abcdef'],
    ]);
  });

  it('a test is opened and closed at once', async () => {
    const [created] = await sent(line, test);
    expect(created.priority).toBe('P5');
    expect(receiver.got.map(({ path }) => path.replace(/\?.*/, ''))).toEqual(['/v2/alerts', '/v2/alerts/twinwatch%3Achannel%3Aeu-west-1%3Atest/close']);
  });
});

describe('ntfy', () => {
  it('gets JSON at its server, with the topic in it, and the highest priority of what wakes people', async () => {
    expect(await sent('ntfy: { url: URL/push/my-topic, token: "${secret:key}" }')).toEqual([
      { topic: 'my-topic', title: 'PAGE checkout is DOWN (confirmed)', message: notice().details, priority: 5, tags: ['rotating_light'] },
    ]);
    expect(receiver.got[0]).toMatchObject({ path: '/push/', headers: { authorization: 'Bearer key-0123456789abcdef' } });
  });

  it('gets the rest with less', async () => {
    await sent('ntfy: URL/t', ticket);
    expect((await sent('ntfy: URL/t', over)).map(({ priority, tags }) => [priority, tags[0]])).toEqual([
      [3, 'warning'],
      [3, 'white_check_mark'],
    ]);
    expect(receiver.got[0]!.headers.authorization).toBeUndefined();
  });
});

describe('telegram', () => {
  it('gets a plain message of its bot; what wakes nobody makes no sound', async () => {
    const line = 'telegram: { token: "${secret:token}", chat: "-100123", url: URL }';
    const [message] = await sent(line);
    expect(message).toMatchObject({ chat_id: '-100123', text: `PAGE checkout is DOWN (confirmed)\n\n${notice().details}`, disable_notification: false });
    expect(receiver.got[0]!.path).toBe('/bot1234:TELEGRAM-bot-token/sendMessage');
    expect((await sent(line, ticket))[1]).toMatchObject({ disable_notification: true });
  });

  it('whose answer repeats the token is told without it', async () => {
    receiver.answer = (response, { path }) => response.writeHead(404).end(`no ${path}`);
    const outcome = await deliver('telegram: { token: "${secret:token}", chat: "1", url: URL }');
    expect(outcome).toEqual({ kind: 'refused', reason: 'status 404: no /bot…/sendMessage' });
  });
});

describe('post', () => {
  it('gets our own JSON, under a name by which repeats can be known', async () => {
    expect(await sent('post: URL/hook')).toEqual([{ ...notice().event, details: notice().details }]);
    expect(receiver.got[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json', 'webhook-id': notice().id } });
    expect(receiver.got[0]!.headers['webhook-signature']).toBeUndefined();
  });

  it('gets what a template makes, with headers of its own', async () => {
    const body = '{ "text": {{ headline | json }}, "first": {{ lines[0] | json }}, "what": {{ event.condition | upcase | json }} }';
    expect(await sent(`post: { url: URL/hook, method: PUT, headers: { X-Team: ops, authorization: "Bearer \${secret:key}" }, body: '${body}' }`)).toEqual([
      { text: 'PAGE checkout is DOWN (confirmed)', first: 'since: 2026-11-21 04:01:50 UTC (13 s ago)', what: 'DOWN' },
    ]);
    expect(receiver.got[0]).toMatchObject({
      method: 'PUT',
      headers: { 'x-team': 'ops', authorization: 'Bearer key-0123456789abcdef', 'content-type': 'application/json' },
    });
  });

  it('gets text where the template is text', async () => {
    expect(await deliver('post: { url: URL, body: "{{ severity }}: {{ headline }}" }')).toEqual({ kind: 'delivered' });
    expect(receiver.got[0]).toMatchObject({ body: 'page: PAGE checkout is DOWN (confirmed)', headers: { 'content-type': 'text/plain; charset=utf-8' } });
  });

  it.each([
    ['{{ nothing.at.all }}', 'the template failed: undefined variable: nothing'],
    ['{ "text": "{{ details }}" }', 'what the template made is no JSON; put `| json` behind each value'],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'the template failed: '],
    ['{% include "/etc/passwd" %}', 'the template failed: '],
    ['{{ headline.constructor }}', 'the template failed: '],
  ])('whose template fails is told all the same, and why: %s', async (body, trouble) => {
    const [event] = await sent(`post: { url: URL, body: '${body}' }`);
    expect(event).toMatchObject({ condition: 'down', details: notice().details, templateTrouble: expect.stringContaining(trouble) });
  });
});

describe('post for subscribers', () => {
  const told = notice({ id: 'i-1|opened|down|eu-west-1/2026-11/1|-|-', event: { ...notice().event, subject: 'checkout', kind: 'opened', condition: 'down' } });

  it('gets what the feed says, and neither a template nor a header can tell more', async () => {
    const body = '{ "say": {{ headline | json }}, "more": {{ details | json }}, "from": {{ region | json }}, "all": {{ event | json }} }';
    const [plain] = await sent('post: { url: URL, public: true }', told);
    expect(plain).toMatchObject({ version: 1, kind: 'begun', service: 'checkout', headline: 'checkout is down' });
    await sent(`post: { url: URL, public: true, body: '${body}' }`, told);
    await sent('post: { url: URL, public: true, body: "{{ nothing }}" }', told);
    expect(bodies()[1]).toMatchObject({ say: 'checkout is down', more: '', from: '' });
    expect(bodies()[2]).toMatchObject({ headline: 'checkout is down', templateTrouble: expect.stringContaining('undefined variable: nothing') });
    for (const { headers, body: whole } of receiver.got) {
      expect(headers['user-agent']).toBe('twinwatch');
      expect(`${headers['webhook-id']} ${whole}`).not.toMatch(/eu-west-1|503|confirmed|since: /);
    }
  });

  it('knows a repeat, and a test', async () => {
    await sent('post: { url: URL, public: true }', told);
    await sent('post: { url: URL, public: true }', told);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const numbered = notice({ calls: 'test', number: 7, event: { kind: 'test', number: 7, region: 'eu-west-1', at: '2026-11-21T00:10:00.000Z' } });
    expect((await sent('post: { url: URL, public: true }', numbered))[2]).toEqual({
      version: 1,
      kind: 'test',
      headline: 'Test 7: nothing is wrong',
      at: '2026-11-21T00:10:00.000Z',
    });
  });
});

it('a long text is cut where the receiver would refuse it', async () => {
  const long = notice({ headline: '\u{1f6a8}'.repeat(5000), details: 'x'.repeat(100_000) });
  const [slack] = await sent('slack: URL', long);
  expect([slack.text.length <= 3000, slack.attachments[0].text.length]).toEqual([true, 7000]);
  const [, discord] = await sent('discord: URL', long);
  expect([discord.embeds[0].title.length <= 256, discord.embeds[0].description.length]).toEqual([true, 4096]);
  expect(discord.embeds[0].title).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  const [, , telegram] = await sent('telegram: { token: "${secret:token}", chat: "1", url: URL }', long);
  expect(telegram.text.length).toBeLessThanOrEqual(4096);
});
