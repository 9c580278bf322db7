/** What the rules of channels say when they are broken. */
import type { RuleWords, Seen } from '../rules';

export type ChannelRule = 'key' | 'phone' | 'queue' | 'chat-topic' | 'chat' | 'mention' | 'template' | 'post' | 'post-headers' | 'post-method' | 'topic-url';

const rule = (problem: string | ((seen: Seen) => string), advice: string): RuleWords => ({
  advice,
  words: (seen) => ({ problem: typeof problem === 'string' ? `${seen.shown} ${problem}` : problem(seen), advice }),
});

export const channelRules: Readonly<Record<ChannelRule, RuleWords>> = {
  key: rule('is no key', `write it by reference, such as "\${secret:twinwatch/pager}"`),
  phone: rule('is no phone number', 'write it with its country, in quotes: "+351210000000"'),
  queue: rule('is no ARN of a queue', 'write one such as arn:aws:sqs:eu-west-1:111122223333:ops'),
  'chat-topic': rule(
    'is no ARN of a topic of its own',
    'write one such as arn:aws:sns:eu-west-1:111122223333:ops-chat; on our own topic it would drop what it does not know',
  ),
  chat: rule('is no chat', 'write its number in quotes, such as "-1001234567890", or "@its_name"'),
  mention: rule('mentions nobody', 'write what that chat understands, such as "<!here>", on one line'),
  template: rule('is no template', 'write text in the language of Liquid, such as "{{ headline }}"'),
  post: rule('is neither an address nor a map', 'write an address such as https://ops.example.com/hook, or a map with `url`'),
  'post-headers': rule('holds what can be no header of ours', 'write `name: value` lines; how long a body is, and how a connection ends, is our own matter'),
  'post-method': rule('is no method that sends a body', 'write POST, PUT or PATCH'),
  'topic-url': rule(() => 'the address names no topic', 'write one with the topic at its end, such as https://ntfy.sh/my-topic'),
};
