import { incidentId, regionId } from '../../src/core/basics/brand';
import { channelFinding, channelKey } from '../../src/core/channel-finding';
import type { RelayChannel } from '../../src/core/config/channels/channel';
import type { Channel } from '../../src/core/config/config';
import { countingTopics, meantFor, newestOutcome, owedNow, provenAt } from '../../src/core/deliveries';
import type { About, LogEntry, Proof, Receipt } from '../../src/core/log';
import { at, east, entry, slot, west } from './builders';

const third = regionId('eu-central-1');
const pager: RelayChannel = { kind: 'pagerduty', name: 'pager', key: 'k', url: 'https://pager.example/' };
const mail: Channel = { kind: 'email', name: 'mail', address: 'a@example.com' };
const about: About = { key: 'shop:availability', incident: incidentId('i-1'), transition: 'opened', condition: 'down', severity: 'page', entry: 'x/2026-11/1' };
const end: About = { ...about, transition: 'resolved' };

let n = 0;
const written = (body: LogEntry['body'], time: string, region = west): LogEntry => {
  n += 1;
  return entry(body, { n, at: at(time), region, by: 'relay' });
};
const accepted = (time: string, over: Partial<Receipt> = {}, region = west) =>
  written({ ...about, kind: 'receipt', level: 'accepted', topic: region, messageId: 'm', relayed: ['pager'], ...over }, time, region);
const delivered = (time: string, over: Partial<Receipt> = {}, region = west) =>
  written({ ...about, kind: 'receipt', level: 'delivered', topic: region, messageId: 'm', channel: 'pager', ...over }, time, region);
const undelivered = (time: string, of: About = about, region = west) =>
  written({ ...of, kind: 'undelivered', channel: 'pager', why: 'status 503' }, time, region);
const proof = (time: string, over: Partial<Proof> = {}, region = west) =>
  written({ kind: 'proof', key: channelKey('pager', region), channel: 'pager', number: 7, how: 'delivered', ...over }, time, region);

const owed = (entries: readonly LogEntry[], time: string) =>
  owedNow(entries, { me: west, now: at(time), channels: [pager] }).map(({ receipt }) => receipt.transition);

describe('what a channel is owed', () => {
  it('is nothing where it has it, whichever region brought it', () => {
    expect(owed([accepted('00:10'), delivered('00:10')], '00:20')).toEqual([]);
    expect(owed([accepted('00:10'), delivered('00:10', {}, east)], '00:20')).toEqual([]);
  });

  it('is what the topic of this region accepted and the relay failed with, after a minute, then two, then four', () => {
    const once = [accepted('00:10'), undelivered('00:11')];
    const twice = [...once, undelivered('00:12')];
    const thrice = [...twice, undelivered('00:14')];
    expect([owed(once, '00:11:59'), owed(once, '00:12')]).toEqual([[], ['opened']]);
    expect([owed(twice, '00:13:59'), owed(twice, '00:14')]).toEqual([[], ['opened']]);
    expect([owed(thrice, '00:17:59'), owed(thrice, '00:18')]).toEqual([[], ['opened']]);
  });

  it('is also what the relay never said anything of', () => {
    expect([owed([accepted('00:10')], '00:11:59'), owed([accepted('00:10')], '00:12')]).toEqual([[], ['opened']]);
  });

  it('is not what another region’s topic accepted: that one’s relay goes on', () => {
    expect(owed([accepted('00:10', {}, east), undelivered('00:11', about, east)], '00:20')).toEqual([]);
  });

  it('is never a step before one that has come', () => {
    const entries = [accepted('00:10'), undelivered('00:11'), accepted('00:20', end), delivered('00:20', end)];
    expect(owed(entries, '00:30')).toEqual([]);
  });

  it('is not what was meant for others, nor that the channel itself fails', () => {
    expect(owed([accepted('00:10', { relayed: ['chat'] })], '00:20')).toEqual([]);
    expect(owed([accepted('00:10', { relayed: undefined })], '00:20')).toEqual([]);
    expect(owed([accepted('00:10', { relayed: ['chat', 'pager'] })], '00:20')).toEqual(['opened']);
    expect(owed([accepted('00:10', { key: channelKey('pager', west) })], '00:20')).toEqual([]);
    expect(owed([accepted('00:10', { key: channelKey('chat', west) })], '00:20')).toEqual(['opened']);
  });

  it('is not what is a day old', () => {
    const old = [accepted('00:10'), undelivered('00:11')];
    expect(owedNow(old, { me: west, now: (at('00:10') + 86_400_000) as never, channels: [pager] })).toEqual([]);
  });
});

it('a receipt names the channels that it is for: those of the relay, and those that SNS itself brings it to', () => {
  expect(meantFor({ channels: [pager, mail] }, undefined)).toEqual({ relayed: ['pager'], subscribed: ['mail'] });
  expect(meantFor({ channels: [pager, mail] }, ['mail'])).toEqual({ subscribed: ['mail'] });
  expect(meantFor({ channels: [pager, mail] }, ['mail', 'pager'])).toEqual({ relayed: ['pager'], subscribed: ['mail'] });
  expect(meantFor({ channels: [mail, pager] }, ['pager'])).toEqual({ relayed: ['pager'] });
});
describe('how a channel fares', () => {
  const line = { channel: 'pager', region: west };

  it('is what its newest message, or test, from that region met', () => {
    expect(newestOutcome([], line)).toBeUndefined();
    expect(newestOutcome([delivered('00:10'), undelivered('00:20')], line)).toMatchObject({ isGood: false, why: 'status 503' });
    expect(newestOutcome([undelivered('00:10'), proof('00:20')], line)).toMatchObject({ isGood: true });
    expect(newestOutcome([delivered('00:10'), proof('00:20', { how: 'failed', why: 'status 404' })], line)).toMatchObject({ isGood: false, why: 'status 404' });
    expect(newestOutcome([delivered('00:10', {}, east), delivered('00:10', { channel: 'chat' })], line)).toBeUndefined();
  });

  it('is proven by what it took, or by somebody who said so', () => {
    expect(provenAt([delivered('00:10'), undelivered('00:20')], line)).toBe(at('00:10'));
    expect(provenAt([delivered('00:10'), proof('00:30', { how: 'confirmed' })], line)).toBe(at('00:30'));
    expect(provenAt([proof('00:30', { how: 'failed' })], line)).toBeUndefined();
  });
});

describe('what is found of a channel', () => {
  const find = (entries: readonly LogEntry[], over: { readonly channel?: Channel | undefined; readonly laterDays?: number } = {}) =>
    channelFinding({
      me: west,
      now: (at('01:00') + (over.laterDays ?? 0) * 86_400_000) as never,
      name: 'pager',
      channel: 'channel' in over ? over.channel : pager,
      entries,
      newest: slot('00:59'),
    });

  it.each([
    ['nothing was brought there yet', [], {}, 'well'],
    ['it took the newest message', [delivered('00:10')], {}, 'well'],
    ['the newest message did not come: status 503', [delivered('00:10'), undelivered('00:20')], {}, 'undelivered'],
    ['nothing has been seen to come there for 7 d', [delivered('00:10')], { laterDays: 7 }, 'unproven'],
    ['it is no longer configured', [undelivered('00:10')], { channel: undefined }, 'well'],
  ] as const)('%s', (reason, entries, over, condition) => {
    expect(find(entries, over)).toMatchObject({
      condition,
      reason: expect.stringContaining(reason),
      about: { subject: 'channel:pager@eu-west-1', family: 'channel' },
    });
  });

  it('is a ticket; of what only a person can prove it is noted, and bothers nobody', () => {
    expect(find([undelivered('00:10')]).about.severity).toBe('ticket');
    expect(find([delivered('00:10')], { laterDays: 8 }).about.severity).toBe('ticket');
    expect(find([proof('00:10', { how: 'confirmed' })], { laterDays: 8, channel: { ...mail, name: 'pager' } }).about.severity).toBe('note');
  });

  it('says when something came there last', () => {
    expect(find([delivered('00:10'), undelivered('00:20')]).facts()).toContain('what came there last came at 2026-11-21 00:10:00 UTC (50 min ago)');
    expect(find([undelivered('00:20')]).facts()).toContain('nothing ever came there from this region');
  });
});

describe('a message that a topic accepted counts', () => {
  const counting = (entries: readonly LogEntry[], laterDays = 0) => {
    const topics = countingTopics(entries, { now: (at('01:00') + laterDays * 86_400_000) as never, channels: ['pager', 'mail'] });
    return [west, east, third].filter(topics.counts);
  };

  it('everywhere, while nothing is known of any topic', () => {
    expect(counting([])).toEqual([west, east, third]);
    expect(counting([proof('00:10', { how: 'failed' }), accepted('00:10')])).toEqual([west, east, third]);
  });

  it('where the topic is known to reach somebody, once that is known of any', () => {
    expect(counting([delivered('00:10')])).toEqual([west]);
    expect(counting([delivered('00:10'), proof('00:10', { how: 'confirmed', channel: 'mail' }, east)])).toEqual([west, east]);
  });

  it('not by a channel that is gone, nor for longer than a week', () => {
    expect(counting([delivered('00:10', { channel: 'gone' }), proof('00:10', {}, east)])).toEqual([east]);
    expect(counting([delivered('00:10')], 7)).toEqual([west, east, third]);
  });
});
