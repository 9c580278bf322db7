// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { channelKeys } from '../../../src/core/config/channels/channels';
import { channelRules } from '../../../src/core/config/channels/rules';
import { kindRules } from '../../../src/core/config/kinds/kinds';
import { configOf, mistakesOf, parse, textWith } from './config-text';

const channels = (one: string, rest = ''): string => textWith({ channels: `{ one: { ${one} }${rest} }` });

describe('a channel', () => {
  it.each([
    ['email: ops@example.com', { kind: 'email', address: 'ops@example.com' }],
    ['webhook: https://a.example.com/', { kind: 'webhook', url: 'https://a.example.com/' }],
    ['sms: "+351210000000"', { kind: 'sms', number: '+351210000000' }],
    ['sqs: arn:aws:sqs:eu-west-1:111122223333:ops', { kind: 'sqs', queue: 'arn:aws:sqs:eu-west-1:111122223333:ops' }],
    ['slack: "${secret:twinwatch/slack}"', { kind: 'slack', url: '${secret:twinwatch/slack}' }],
    [
      'slack: { url: "https://hooks.slack.com/${secret:x}", mention: "<!here>" }',
      { kind: 'slack', url: 'https://hooks.slack.com/${secret:x}', mention: '<!here>' },
    ],
    ['teams: "${secret:x}"', { kind: 'teams', url: '${secret:x}' }],
    ['discord: "${secret:x}"', { kind: 'discord', url: '${secret:x}' }],
    ['pagerduty: { key: "${secret:x}" }', { kind: 'pagerduty', key: '${secret:x}', url: 'https://events.pagerduty.com/v2/enqueue' }],
    ['opsgenie: { key: "${secret:x}", url: https://api.eu.opsgenie.com }', { kind: 'opsgenie', key: '${secret:x}', url: 'https://api.eu.opsgenie.com' }],
    ['ntfy: https://ntfy.sh/ops', { kind: 'ntfy', url: 'https://ntfy.sh/ops' }],
    ['ntfy: { url: "https://ntfy.sh/${secret:x}", token: "${secret:y}" }', { kind: 'ntfy', url: 'https://ntfy.sh/${secret:x}', token: '${secret:y}' }],
    ['telegram: { token: "${secret:x}", chat: "-100123" }', { kind: 'telegram', token: '${secret:x}', chat: '-100123', url: 'https://api.telegram.org' }],
    ['amazonq: arn:aws:sns:eu-west-1:111122223333:ops-chat', { kind: 'amazonq', topic: 'arn:aws:sns:eu-west-1:111122223333:ops-chat' }],
    ['post: https://a.example.com/', { kind: 'post', url: 'https://a.example.com/', method: 'POST', headers: {} }],
    [
      'post: { url: https://a.example.com/, method: PUT, headers: { X-Team: a, Authorization: "Bearer ${secret:x}" }, body: "{{ headline }}", sign: "${secret:y}" }',
      {
        kind: 'post',
        url: 'https://a.example.com/',
        method: 'PUT',
        headers: { 'x-team': 'a', authorization: 'Bearer ${secret:x}' },
        body: '{{ headline }}',
        sign: '${secret:y}',
      },
    ],
  ])('%s', (text, channel) => {
    expect(configOf(channels(text)).channels).toEqual([{ name: 'one', ...channel }]);
  });

  it.each([
    ['', 'channels.one: says nothing of how it is reached; write one of `email`, `webhook`, `sms`, `sqs`, `slack`'],
    ['slack: https://a.example.com/, teams: https://a.example.com/', 'channels.one: one channel cannot be two things; make two channels'],
    ['slak: https://a.example.com/', 'channels.one.slak: unknown key `slak`; did you mean `slack`?'],
    ['slack: hooks.slack.com/x', 'channels.one.slack: "hooks.slack.com/x" is no address; write https://hooks.slack.com/x'],
    ['slack: "${secret:x}/y"', 'channels.one.slack: what "${secret:x}/y" stands for is no address'],
    ['slack: { mention: "<!here>" }', 'channels.one.slack.url: `url` is missing'],
    ['slack: "${secret:a b}"', '`${secret:a b}` names no secret'],
    ['sms: 351210000000', 'channels.one.sms: 351210000000 is no phone number; write it with its country, in quotes: "+351210000000"'],
    ['sqs: ops', 'channels.one.sqs: "ops" is no ARN of a queue; write one such as arn:aws:sqs:eu-west-1:111122223333:ops'],
    [
      'amazonq: arn:aws:sns:eu-west-1:111122223333:twinwatch-alerts',
      'is no ARN of a topic of its own; write one such as arn:aws:sns:eu-west-1:111122223333:ops-chat',
    ],
    ['pagerduty: {}', 'channels.one.pagerduty.key: `key` is missing; write it by reference, such as "${secret:twinwatch/pager}"'],
    ['pagerduty: { key: "" }', 'channels.one.pagerduty.key: "" is no key'],
    ['ntfy: https://ntfy.sh/', 'channels.one.ntfy: the address names no topic; write one with the topic at its end, such as https://ntfy.sh/my-topic'],
    ['telegram: { token: "${secret:x}", chat: my chat }', 'channels.one.telegram.chat: "my chat" is no chat; write its number in quotes'],
    [
      'post: { url: https://a.example.com/, body: "{{ headline" }',
      'channels.one.post.body: "{{ headline" is no template; write text in the language of Liquid',
    ],
    ['post: { url: https://a.example.com/, body: "{{ headline | shout }}" }', 'is no template'],
    [
      'post: { url: https://a.example.com/, headers: { content-length: "3" } }',
      'channels.one.post.headers: {"content-length":"3"} holds what can be no header of ours',
    ],
    ['post: { url: https://a.example.com/, headers: { webhook-signature: x } }', 'holds what can be no header of ours'],
    [
      'post: { url: https://a.example.com/, headers: { authorization: Bearer x } }',
      'channels.one.post.headers.authorization: a secret stands in the file; write a reference, such as "${secret:twinwatch/hook}"',
    ],
    ['post: { url: https://a.example.com/, sign: plain }', 'channels.one.post.sign: a secret stands in the file'],
    ['post: { url: https://a.example.com/, method: GET }', 'channels.one.post.method: "GET" is no method that sends a body; write POST, PUT or PATCH'],
    [
      'post: http://169.254.169.254/latest',
      'channels.one.post: "http://169.254.169.254/latest" is the metadata address of cloud machines; write a public address',
    ],
    ['slack: { url: "http://localhost/${secret:x}" }', 'channels.one.slack.url: what "http://localhost/${secret:x}" stands for is this very machine'],
    ['email: "ops@${secret:x}"', 'a secret may not stand here: anyone who may list the subscriptions'],
    ['sms: "${secret:x}"', 'a secret may not stand here: anyone who may list the subscriptions'],
    ['sqs: "${secret:x}"', 'a secret may not stand here: anyone who may list the subscriptions'],
  ])('{ %s } is a mistake', (text, said) => {
    expect(mistakesOf(channels(text))).toContainEqual(expect.stringContaining(said));
  });
});

describe('channels that fail together are worth a warning', () => {
  const said = (text: string): readonly string[] => {
    const parsed = parse(textWith({ channels: text }));
    return parsed.warnings.filter(({ path }) => path === 'channels').map(({ problem }) => problem);
  };

  it.each([
    ['{}', ['nobody is told of anything']],
    ['{ a: { email: a@example.com } }', ['there is one channel, and nobody is told when it fails']],
    ['{ a: { email: a@example.com }, b: { email: b@example.org } }', ['all channels depend on one provider (e-mail): when it fails, nobody is told']],
    ['{ a: { slack: "${secret:a}" }, b: { slack: "${secret:b}" } }', ['all channels depend on one provider (slack): when it fails, nobody is told']],
    [
      '{ a: { webhook: https://x.example.com/a }, b: { post: https://x.example.com/b } }',
      ['all channels depend on one provider (x.example.com): when it fails, nobody is told'],
    ],
    ['{ a: { webhook: https://x.example.com/a }, b: { post: https://y.example.com/b } }', []],
    ['{ a: { slack: "${secret:a}" }, b: { email: b@example.org } }', []],
  ])('%s', (text, problems) => {
    expect(said(text)).toEqual(problems);
  });
});

it('rules of channels and of probes do not share names', () => {
  expect(Object.keys(channelRules).filter((name) => Object.hasOwn(kindRules, name))).toEqual([]);
  expect(channelKeys.length).toBe(13);
});
