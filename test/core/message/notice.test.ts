import { incidentId } from '../../../src/core/basics/brand';
import type { About } from '../../../src/core/log';
import { aboutName, noticeOf, type TopicMessage } from '../../../src/core/message/notice';
import { silenceAlarm } from '../../../src/core/silence-alarm';
import { west } from '../builders';

const message = (body: unknown, over: Partial<TopicMessage> = {}): TopicMessage => ({
  messageId: 'm-1',
  subject: 'PAGE checkout is DOWN',
  message: typeof body === 'string' ? body : JSON.stringify(body),
  region: 'eu-west-1',
  at: '2026-11-21T04:02:03.000Z',
  ...over,
});
const about: About = {
  key: 'checkout:availability',
  incident: incidentId('i-1'),
  transition: 'opened',
  condition: 'down',
  severity: 'page',
  entry: 'eu-west-1/2026-11/1',
};
const body = (event: object = {}) => ({
  text: 'PAGE checkout is DOWN (confirmed)\nsince: a while\nrunbook: docs/runbook.md',
  event: { kind: 'opened', key: 'checkout:availability', severity: 'page', ...event },
  about,
});

describe('what a topic hands over', () => {
  it('is a notice with its headline, its details and the name of what it tells', () => {
    expect(noticeOf(message(body()))).toEqual({
      id: 'i-1|opened|down|eu-west-1/2026-11/1|-|-',
      calls: 'trigger',
      key: 'checkout:availability',
      severity: 'page',
      headline: 'PAGE checkout is DOWN (confirmed)',
      details: 'since: a while\nrunbook: docs/runbook.md',
      region: 'eu-west-1',
      at: '2026-11-21T04:02:03.000Z',
      event: body().event,
      about,
    });
  });

  it.each([
    ['opened', 'trigger'],
    ['changed', 'trigger'],
    ['acknowledged', 'acknowledge'],
    ['resolved', 'resolve'],
    ['test', 'test'],
    ['something new', 'trigger'],
  ])('of the kind "%s" calls for %s', (kind, calls) => {
    expect(noticeOf(message(body({ kind }))).calls).toBe(calls);
  });

  it('of an unknown severity wakes people', () => {
    expect(noticeOf(message(body({ severity: 'catastrophe' }))).severity).toBe('page');
  });

  it.each([
    ['ALARM', 'trigger', 'PAGE alarm twinwatch-prober-silent-us-east-2 in eu-west-1 is in ALARM'],
    ['INSUFFICIENT_DATA', 'trigger', 'PAGE alarm twinwatch-prober-silent-us-east-2 in eu-west-1 is in INSUFFICIENT_DATA'],
    ['OK', 'resolve', 'RESOLVED alarm twinwatch-prober-silent-us-east-2 in eu-west-1 is OK'],
  ])('as an alarm in %s belongs to the incident that its description names', (state, calls, headline) => {
    const { name, description } = silenceAlarm({ role: 'prober', region: 'us-east-2' as never }, west);
    const notice = noticeOf(message({ AlarmName: name, AlarmDescription: description, NewStateValue: state, NewStateReason: 'no data' }));
    expect(notice).toMatchObject({ calls, headline, key: 'prober:us-east-2:watch', severity: 'page' });
    expect(notice.about).toBeUndefined();
    expect(notice.details).toContain('because: no data');
  });

  it.each(['hello', '{"some":"json"}', '[1]', 'null', '{"text":1,"event":{}}', ''])('in nobody’s form is told as it is: %s', (text) => {
    expect(noticeOf(message(text))).toMatchObject({ calls: 'trigger', severity: 'ticket', headline: 'PAGE checkout is DOWN', details: text, id: 'm-1' });
    expect(noticeOf(message(text, { subject: '' })).headline).toBe(text);
  });
});

describe('the name of what is told', () => {
  const names = (over: object) => aboutName({ ...about, ...over } as About);

  it('is the same whoever tells it, and whatever else is written down with it', () => {
    expect(names({ severity: 'ticket' })).toBe(names({}));
    expect(names({ kind: 'receipt', level: 'delivered', topic: 'us-east-2', messageId: 'x', channel: 'y' })).toBe(names({}));
    expect(names({ as: undefined })).toBe(names({}));
  });

  it.each([{ incident: 'i-2' }, { transition: 'resolved' }, { condition: 'partial' }, { entry: 'x' }, { as: 'flapping' }, { minutes: 30 }])(
    'differs by %j',
    (over) => {
      expect(names(over)).not.toBe(names({}));
    },
  );
});
