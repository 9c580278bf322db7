/** docs/messages.md, made from the code that tells: each text as a person, a telephone or a chat gets it. */

import { customNotification } from '../src/adapters/channels/amazonq/notification';
import type { ChannelAdapter } from '../src/adapters/channels/channel-adapter';
import { discord } from '../src/adapters/channels/discord/discord';
import { ntfy } from '../src/adapters/channels/ntfy/ntfy';
import { opsgenie } from '../src/adapters/channels/opsgenie/opsgenie';
import { pagerduty } from '../src/adapters/channels/pagerduty/pagerduty';
import { post } from '../src/adapters/channels/post/post';
import { slack } from '../src/adapters/channels/slack/slack';
import { teams } from '../src/adapters/channels/teams/teams';
import { telegram } from '../src/adapters/channels/telegram/telegram';
import type { RelayChannel } from '../src/core/config/channels/channel';
import { aboutStep, foldIncidents } from '../src/core/incident';
import type { LogEntry, Opened } from '../src/core/log';
import { type Words, wordsFor } from '../src/core/message/message';
import { type Notice, noticeOf } from '../src/core/message/notice';
import { testWords } from '../src/core/message/test-message';
import { at, east, entry, opened, resolved, slot, west } from './core/builders';

const seen = (time: string) => ({ [west]: slot(time), [east]: slot(time) });
const down = opened({
  key: 'checkout:availability',
  subject: 'checkout',
  facts: [
    'eu-west-1: status at 192.0.2.10:443: status 503, wanted 2xx: we are closed (2 in a row)',
    'us-east-2: status at 192.0.2.10:443: status 503, wanted 2xx: we are closed (2 in a row)',
    'target: https://shop.example.com/health',
    'configuration: c0ffee000000',
  ],
});
const { key, subject } = down;
const partial: Opened = {
  ...down,
  condition: 'partial',
  facts: ['eu-west-1: connect-timeout at 192.0.2.10:443 (3 in a row)', 'us-east-2: ok', ...down.facts.slice(2)],
  reason: 'regions-disagree',
};
const silent = opened({
  key: 'prober:us-east-2:watch',
  subject: 'prober:us-east-2',
  family: 'watch',
  condition: 'silent',
  facts: ['last beat of us-east-2 seen 2 min ago', 'paths: local replica old, direct read failed, witness old, poke failed'],
  reason: 'local replica old, direct read failed, witness old, poke failed, anchors answer',
});
const undelivered = opened({
  key: 'channel:pager@eu-west-1:channel',
  subject: 'channel:pager@eu-west-1',
  family: 'channel',
  condition: 'undelivered',
  severity: 'ticket',
  certainty: 'single-witness',
  facts: [
    'the topic of eu-west-1 tells pager',
    'what came there last came at 2026-11-20 23:10:00 UTC (60 min ago)',
    'the other channels are told all the same; what did not come is tried again for a day',
  ],
  reason: 'the newest message did not come: status 403: invalid key',
});

interface Told {
  readonly words: Words;
  readonly notice: Notice;
}

function told(entries: readonly LogEntry[], time: string): Told {
  const incident = foldIncidents(entries)[0]!;
  const transition = incident.transitions.at(-1)!;
  const words = wordsFor({ incident, transition, reason: 'first-speaker', by: west, now: at(time) });
  return asTold(words, { event: JSON.parse(words.json), about: aboutStep(incident, transition) });
}

function asTold(words: Words, body: object): Told {
  const message = JSON.stringify({ text: words.text, ...body });
  return { words, notice: noticeOf({ messageId: 'a-message', subject: words.subject, message, region: west, at: '2026-11-21T00:10:04.000Z' }) };
}

const later = { n: 2, at: at('00:20') };
const page = told([entry(down)], '00:10:04');
const end = told(
  [entry(down), entry(resolved({ key, subject, facts: ['eu-west-1: ok (2 in a row)', 'us-east-2: ok (2 in a row)', ...down.facts.slice(2)] }), later)],
  '00:20:04',
);
const test = ((words) => asTold(words, { event: JSON.parse(words.json) }))(testWords({ number: 1234, by: west, role: 'watchdog', now: at('00:10') }));

/** What a person reads, in the order of an incident. */
const texts: readonly (readonly [string, Told])[] = [
  ['A service is down', page],
  ['It gets worse', told([entry(partial), entry({ ...down, kind: 'changed', evidence: seen('00:20') }, later)], '00:20:04')],
  ['It is over', end],
  ['A prober is silent', told([entry(silent)], '00:10:04')],
  ['A channel does not take messages', told([entry(undelivered)], '00:10:04')],
  ['A test', test],
];

type Form = readonly [RelayChannel, ChannelAdapter<never>];
const form = <Channel extends RelayChannel>(channel: Channel, adapter: ChannelAdapter<Channel>): Form => [channel, adapter as ChannelAdapter<never>];

/** One of each, as `docs/channels.md` describes them; what is secret is left as it is written. */
const forms: readonly Form[] = [
  form({ kind: 'slack', name: 'chat', url: 'https://hooks.slack.com/services/…', mention: '<!here>' }, slack),
  form({ kind: 'teams', name: 'teams', url: 'https://prod.westeurope.logic.azure.com/…' }, teams),
  form({ kind: 'discord', name: 'discord', url: 'https://discord.com/api/webhooks/…' }, discord),
  form({ kind: 'pagerduty', name: 'pager', key: '…', url: 'https://events.pagerduty.com/v2/enqueue' }, pagerduty),
  form({ kind: 'opsgenie', name: 'opsgenie', key: '…', url: 'https://api.opsgenie.com' }, opsgenie),
  form({ kind: 'ntfy', name: 'push', url: 'https://ntfy.sh/my-topic' }, ntfy),
  form({ kind: 'telegram', name: 'telegram', token: '…', chat: '-1001234567890', url: 'https://api.telegram.org' }, telegram),
  form({ kind: 'post', name: 'post', url: 'https://ops.example.com/hook', method: 'POST', headers: {} }, post),
];

export async function messagesPage(): Promise<string> {
  const read = texts.flatMap(([what, { words }]) => [`### ${what}`, '', ...fenced('text', `Subject: ${words.subject}\n\n${words.text}`)]);
  const sent = (await Promise.all(forms.map(requestsOf))).toSpliced(-1, 0, amazonqForm());
  return [
    '# Messages',
    '',
    'What is told, word for word, as the code tells it: a test compares this page, and `npm run messages` writes it anew. Read it when you change a word.',
    'The subject is ASCII and shorter than 100 characters, and the first line can be read on a watch.',
    '',
    '## As a mail',
    '',
    ...read,
    '## As a text message',
    '',
    ...fenced('text', page.words.subject),
    '## To programs: `webhook` and `sqs`',
    '',
    "In SNS's envelope, as `Message`:",
    '',
    ...fenced('json', pretty(page.words.json)),
    ...sent.flat(),
  ].join('\n');
}

const amazonqForm = (): readonly string[] => [
  '## `amazonq`',
  '',
  'Published to its topic:',
  '',
  ...[page, end].flatMap(({ notice }) => fenced('json', JSON.stringify(customNotification(notice), undefined, 2))),
];

/** The page and its end, as the channel gets them. */
async function requestsOf([channel, adapter]: Form): Promise<readonly string[]> {
  const requests = [page, end].map(async ({ notice }) =>
    (await adapter.render(notice, channel as never, 0)).flatMap(({ method, url, body }) => fenced('json', `// ${method} ${url}\n${pretty(body)}`)),
  );
  return [`## \`${channel.kind}\``, '', ...(await Promise.all(requests)).flat()];
}

const pretty = (json: string): string => JSON.stringify(JSON.parse(json), undefined, 2);
const fenced = (language: string, text: string): readonly string[] => [`\`\`\`${language}`, text, '```', ''];
