import { channelNews, relayOutcomes } from '../../src/core/channel-news';
import type { Channel } from '../../src/core/config/config';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { channelSubject, type LogBody, type Receipt } from '../../src/core/log';
import { at, east, entry, opened, west } from './builders';

const chat: Channel = { kind: 'slack', name: 'ops-chat', url: 'https://chat.example/' };
const pager: Channel = { kind: 'pagerduty', name: 'pager', key: 'k', url: 'https://pager.example/' };
const mail: Channel = { kind: 'email', name: 'ops-mail', address: 'ops@example.com' };
const config = { channels: [chat, pager, mail] };

const opening = entry(opened());
const [incident] = foldIncidents([opening]);
const about = aboutStep(incident!, incident!.transitions[0]!);

let n = 10;
const written = (body: LogBody, time: string, region = west) => {
  n += 1;
  return entry(body, { n, at: at(time), region, by: 'relay' });
};
const acceptance = (over: Partial<Receipt> = {}) => {
  const body: Receipt = {
    ...about,
    kind: 'receipt',
    level: 'accepted',
    topic: west,
    messageId: 'm',
    relayed: ['ops-chat', 'pager'],
    subscribed: ['ops-mail'],
    ...over,
  };
  return { ...entry(body, { n: 3, at: at('00:10:02') }), body };
};
const taken = (channel: string, time: string, region = west) =>
  written({ ...about, kind: 'receipt', level: 'delivered', topic: region, messageId: 'm', channel }, time, region);
const refused = (channel: string, time: string, why: string) => written({ ...about, kind: 'undelivered', channel, why }, time);

const news = (accepted: ReturnType<typeof acceptance> | undefined, outcomes: ReturnType<typeof written>[] = []) =>
  channelNews({ about, accepted, outcomes: relayOutcomes(outcomes) }, config).map(
    ({ kind, channel, state, region, at: time, why }) => `${kind} ${channel}: ${state} ${time.slice(11, 19)} ${region}${why === null ? '' : ` ${why}`}`,
  );

describe('what became of a message', () => {
  it('is said of each channel by its own name and kind, with the time and the receipt', () => {
    expect(news(acceptance(), [taken('ops-chat', '00:10:04'), refused('pager', '00:10:06', 'status 503')])).toEqual([
      'email ops-mail: accepted 00:10:02 eu-west-1',
      'slack ops-chat: delivered 00:10:04 eu-west-1',
      'pagerduty pager: undelivered 00:10:06 eu-west-1 status 503',
    ]);
  });

  it('is under way at a channel of the relay for as long as nobody has written how it ended', () => {
    expect(news(acceptance())).toEqual([
      'slack ops-chat: under-way 00:10:02 eu-west-1',
      'email ops-mail: accepted 00:10:02 eu-west-1',
      'pagerduty pager: under-way 00:10:02 eu-west-1',
    ]);
  });

  it('is delivered by whoever brought it first, however often it failed before or after', () => {
    const outcomes = [
      refused('pager', '00:10:04', 'status 500'),
      taken('pager', '00:10:30', east),
      taken('pager', '00:10:40'),
      refused('pager', '00:10:50', 'late'),
    ];
    expect(news(acceptance({ relayed: ['pager'], subscribed: undefined }), outcomes)).toEqual(['pagerduty pager: delivered 00:10:30 us-east-2']);
  });

  it('says why it was not taken when it was tried last', () => {
    const outcomes = [refused('pager', '00:10:40', 'status 404'), refused('pager', '00:10:20', 'status 500')];
    expect(news(acceptance({ relayed: ['pager'], subscribed: undefined }), outcomes)).toEqual(['pagerduty pager: undelivered 00:10:40 eu-west-1 status 404']);
  });

  it('is only what the relays say where no topic is known to have accepted it', () => {
    expect(news(undefined)).toEqual([]);
    expect(news(undefined, [taken('ops-chat', '00:10:04')])).toEqual(['slack ops-chat: delivered 00:10:04 eu-west-1']);
  });

  it('has no kind at a channel that is no longer in the file', () => {
    expect(news(acceptance({ relayed: ['gone'], subscribed: undefined }))).toEqual(['null gone: under-way 00:10:02 eu-west-1']);
  });

  it('is nothing at the channel that it is about, to which it is not brought', () => {
    const key = `${channelSubject('pager', west)}:channel`;
    const accepted = acceptance({ key });
    expect(channelNews({ about: accepted.body, accepted, outcomes: relayOutcomes([]) }, config).map(({ channel }) => channel)).toEqual([
      'ops-chat',
      'ops-mail',
    ]);
  });

  it('is not what became of another step', () => {
    const other = written({ ...about, transition: 'resolved', kind: 'receipt', level: 'delivered', topic: west, messageId: 'm', channel: 'pager' }, '00:10:04');
    expect(news(acceptance({ relayed: ['pager'], subscribed: undefined }), [other])).toEqual(['pagerduty pager: under-way 00:10:02 eu-west-1']);
  });
});
