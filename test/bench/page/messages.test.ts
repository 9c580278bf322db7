/** The messages of each tool, as they were received, and what they say. */
import { type Reader, readers } from '../../../bench/page/messages';

const envelope = (message: unknown): string => JSON.stringify({ Type: 'Notification', MessageId: 'x', Message: JSON.stringify(message) });
const ofTwinwatch = (changes: Readonly<Record<string, unknown>>) => ({
  ...{ version: 1, kind: 'opened', key: 'm3:availability', subject: 'm3', family: 'availability', monitor: 'm3', condition: 'down' },
  ...changes,
});

describe('our own messages', () => {
  const read = readers.twinwatch();

  it.each([
    { kind: 'opened', said: [{ target: 'm3', state: 'down' }] },
    { kind: 'resolved', said: [{ target: 'm3', state: 'well' }] },
    { kind: 'changed', said: [] },
    { kind: 'reminder', said: [] },
  ])('that tell what is $kind', ({ kind, said }) => {
    expect(read(envelope(ofTwinwatch({ kind })))).toEqual(said);
  });

  it('that tell several incidents at once tell each', () => {
    const incidents = [ofTwinwatch({}), ofTwinwatch({ monitor: 'm4', kind: 'resolved' })];
    expect(read(envelope({ version: 1, kind: 'several', incidents }))).toEqual([
      { target: 'm3', state: 'down' },
      { target: 'm4', state: 'well' },
    ]);
  });

  it.each([
    { what: 'a test of a channel', message: { key: 'channel:eu-west-1:test', kind: 'test', number: 1 } },
    { what: 'a silent prober', message: ofTwinwatch({ monitor: undefined, family: 'watch', subject: 'prober:us-east-2' }) },
    { what: 'who answered', message: ofTwinwatch({ family: 'identity' }) },
  ])('that tell of $what say nothing of a target', ({ message }) => {
    expect(read(envelope(message))).toEqual([]);
  });
});

describe('the messages of peers', () => {
  const pagerDuty = (event: string, payload: unknown): string => JSON.stringify({ routing_key: 'bench', dedup_key: 'a1b2', event_action: event, payload });
  const alert = (status: string, target: string): unknown => ({ status, labels: { alertname: 'Down', target, instance: '127.0.0.1:1' } });

  it('of Gatus name the endpoint and what became of its alert', () => {
    const read = readers.gatus();
    expect(read('{"target":"m1","state":"TRIGGERED"}')).toEqual([{ target: 'm1', state: 'down' }]);
    expect(read('{"target":"m1","state":"RESOLVED"}')).toEqual([{ target: 'm1', state: 'well' }]);
  });

  it('of cloudprober may name the target only when it goes down, and with its port', () => {
    const read = readers.cloudprober();
    expect(read(pagerDuty('trigger', { summary: 'Cloudprober alert "web" for "m2:20012"', source: 'm2:20012' }))).toEqual([{ target: 'm2', state: 'down' }]);
    expect(read(pagerDuty('resolve', { summary: '' }))).toEqual([{ target: 'm2', state: 'well' }]);
    expect(readers.cloudprober()(pagerDuty('resolve', { summary: '' }))).toEqual([]);
  });

  it('of Alertmanager may tell several alerts', () => {
    const read = readers.blackbox();
    expect(read(JSON.stringify({ status: 'firing', alerts: [alert('firing', 'm1'), alert('resolved', 'm2')] }))).toEqual([
      { target: 'm1', state: 'down' },
      { target: 'm2', state: 'well' },
    ]);
  });

  it.each(Object.entries(readers) as [string, () => Reader][])('that are no JSON are no message of %s', (_name, open) => {
    expect(() => open()('<html>')).toThrow(SyntaxError);
  });
});
