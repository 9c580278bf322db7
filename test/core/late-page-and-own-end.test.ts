/** Which function of a region told the end, and which one the page, when both were at it: where stores or topics are slow nobody knows who was first. */
import type { LogEntry } from '../../src/core/log';
import type { Writer } from '../../src/core/table';
import { at, east, entry, resolved, slot, west } from './builders';
import { about, announced, decide, opening, receipt } from './one-page';

describe('a page that its region told after the end, which it had told as well', () => {
  const ofEast = (n: number, time: string, body: object) => entry({ ...about, ...body } as LogEntry['body'], { region: east, writer: east, n, at: at(time) });

  it('is followed by the end once more, and no more than that', () => {
    const endByEast = (n: number, time: string) => ofEast(n, time, { transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' });
    const late = ofEast(7, '00:20:30', { kind: 'announced', reason: 'others-stayed-silent', text: '' });
    const lateReceipt = ofEast(8, '00:20:31', { kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' });
    const end = entry(resolved(), { n: 4, at: at('00:20') });
    const known = [opening, announced, receipt, end, endByEast(6, '00:20:10'), late, lateReceipt];
    expect(decide(known, east, '00:21')).toMatchObject([{ reason: 'told' }, { kind: 'say', reason: 'my-page-came-late' }]);
    const saying = ofEast(9, '00:21', { transition: 'resolved', kind: 'announced', reason: 'my-page-came-late', text: '' });
    expect(decide([...known, saying], east, '00:21:10')[1]).toMatchObject({ reason: 'being-sent' });
    expect(decide([...known, saying, endByEast(10, '00:19')], east, '00:22')[1]).toMatchObject({ reason: 'told' });
    expect(decide([...known, endByEast(5, '00:19')], east, '00:22')[1]).toMatchObject({ reason: 'told' });
  });

  /** Found by the storm 4454541: its stores were slow. */
  it('is followed by the end though the page came in its turn, after the other function of that region had told the end', () => {
    const told = { transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'end' };
    const page = (n: number, time: string) => [
      ofEast(n, time, { kind: 'announced', reason: 'first-speaker', text: '' }),
      ofEast(n + 1, time, { kind: 'receipt', level: 'accepted', topic: east, messageId: 'page' }),
    ];
    const elsewhere = (sent: LogEntry): LogEntry => ({ ...sent, writer: 'us-east-2@eu-west-1' as Writer });
    const end = entry(resolved(), { n: 4, at: at('00:20') });
    const pageLast = [opening, end, ofEast(5, '00:20:05', told), ...page(6, '00:20:06')];
    expect(decide(pageLast, east, '00:21').at(-1)).toMatchObject({ kind: 'say', reason: 'my-page-came-late' });
    const endLast = [opening, ...page(2, '00:20:03'), end, ofEast(5, '00:20:05', told)];
    expect(decide(endLast, east, '00:21').at(-1)).toMatchObject({ reason: 'told' });
    // Found by the storm 5018933: no number tells when the first page was, and its clock was fast then. The end knew it, and no other one.
    const knows = ['us-east-2@eu-west-1/2026-11/3'];
    const datedAhead = [opening, ...page(2, '00:20:50').map(elsewhere), end, ofEast(5, '00:20:05', { ...told, knows })];
    expect(['00:20:30', '00:21', '00:26'].map((time) => decide(datedAhead, east, time).at(-1)!.reason)).toEqual(['told', 'told', 'told']);
    const again = page(4, '00:20:06').map(elsewhere);
    again[1] = { ...again[1]!, body: { ...again[1]!.body, messageId: 'page again' } as LogEntry['body'] };
    expect(decide([...datedAhead, ...again], east, '00:21').at(-1)).toMatchObject({ kind: 'say', reason: 'my-page-came-late' });
  });

  /** Found by the storm 5144817: no topic but the last one took the page. */
  describe('and had recorded before it', () => {
    const received = (over: object = {}) => ({ kind: 'receipt', level: 'accepted', topic: east, messageId: 'm', ...over });
    const end = entry(resolved(), { n: 4, at: at('00:20') });
    const endTold = received({ transition: 'resolved' });
    const reasonAfter = (why: string, ...more: LogEntry[]) => {
      const page = [ofEast(2, '00:20:03', { kind: 'announced', reason: why, text: '' }), ofEast(6, '00:20:06', received())];
      return decide([opening, end, ...page, ofEast(5, '00:20:05', endTold), ...more], east, '00:21').at(-1)!.reason;
    };

    it.each(['first-speaker', 'no-receipt-yet'])('is followed by the end once more, as it was received after it (%s)', (why) => {
      expect(reasonAfter(why)).toBe('my-page-came-late');
      expect(reasonAfter(why, ofEast(8, '00:20:10', endTold))).toBe('told');
    });

    it('is followed by it though channels have delivered the end meanwhile', () => {
      const delivered = received({ transition: 'resolved', level: 'delivered' });
      expect(reasonAfter('no-receipt-yet', ofEast(7, '00:20:07', delivered), ofEast(8, '00:20:08', delivered))).toBe('my-page-came-late');
    });
  });
});

describe('a page of which no store took the receipt until its end had been told by the same region', () => {
  const own = (n: number, time: string, body: object) => entry({ ...about, ...body } as LogEntry['body'], { n, at: at(time) });
  const received = (over: object = {}) => ({ kind: 'receipt', level: 'accepted', topic: west, messageId: 'm', ...over });
  const saved = { savedAt: at('00:21') };
  const end = own(4, '00:20', resolved({ evidence: { [west]: slot('00:19'), [east]: slot('00:19') } }));
  const reasonAfter = (...more: LogEntry[]) => decide([opening, end, ...more], west, '00:22').at(-1)!.reason;

  it.each([
    ['had been sent before it: nobody is told the end twice', '00:19:50', 'told'],
    ['was sent after it: the page must not be the last word', '00:20:03', 'my-page-came-late'],
  ])('%s', (_case, sentAt, reason) => {
    expect(reasonAfter(own(5, '00:20:02', received({ transition: 'resolved' })), own(9, sentAt, received(saved)))).toBe(reason);
  });

  it('is followed by the end where it was the receipt of the end that was saved later, and the page was sent in between', () => {
    const page = [own(5, '00:20:30', { kind: 'announced', reason: 'others-stayed-silent', text: '' }), own(6, '00:20:31', received())];
    const endAt = (time: string) => own(9, time, received({ transition: 'resolved', ...saved }));
    expect(['00:20:02', '00:20:40'].map((time) => reasonAfter(...page, endAt(time)))).toEqual(['my-page-came-late', 'told']);
  });
});
