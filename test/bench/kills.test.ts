/** What the receiver got, held against what happened: a bench that finds nothing must be able to find something. */
import { outagesTold, toldOf } from '../../bench/kills/told';
import { isNamed } from '../../bench/kills/user';
import { instant, regionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { LogBody, LogEntry } from '../../src/core/log';
import type { IncidentView } from '../../src/core/views';

const noon = Date.parse('2026-11-21T12:00:00Z');

const message = (messageId: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  atMs: noon + 40 * second,
  messageId,
  message: {
    ...{ incident: 'i1', aliases: [], kind: 'opened', headline: 'PAGE shop is DOWN (confirmed)', region: 'eu-west-1', monitor: 'shop' },
    ...{ openedAt: '2026-11-21T12:00:10Z', ...changes },
  },
});

const entry = (n: number, body: Partial<LogBody>, region = 'eu-west-1'): LogEntry => {
  const about = { key: 'shop:availability', incident: 'i1', transition: 'opened', condition: 'down' };
  const name = regionId(region);
  return { writer: name, region: name, month: '2026-11', n, at: instant(noon), by: 'prober', body: { ...about, ...body } as LogBody };
};
const announced = (region = 'eu-west-1'): LogEntry => entry(1, { kind: 'announced', text: 'PAGE shop is DOWN (confirmed)' }, region);
const receipt = (messageId: string): LogEntry => entry(2, { kind: 'receipt', messageId });

describe('messages', () => {
  it('told once, recorded and received, are as they must be', () => {
    const told = toldOf([message('m1'), message('m1')], [announced(), receipt('m1')]);
    expect(told).toMatchObject({ messages: 1, repeatedDeliveries: 1, times: { 1: 1 }, tooOften: [], unrecorded: [], undelivered: [] });
  });

  it('that come more often than there are regions are too many, whatever the incident was called meanwhile', () => {
    const received = [message('m1'), message('m2'), message('m3'), message('m4', { incident: 'i2', aliases: ['i1'] })];
    expect(toldOf(received, [announced()]).tooOften).toEqual(['4 times: i2 opened PAGE shop is DOWN (confirmed)']);
    expect(toldOf(received.slice(1), [announced()]).tooOften).toEqual([]);
  });

  it('of which no log knows are named, and so are those that were accepted and never came', () => {
    const told = toldOf([message('m1', { region: 'us-east-2' })], [announced(), receipt('m9')]);
    expect(told.unrecorded).toEqual(['m1: PAGE shop is DOWN (confirmed) by us-east-2, incident i1']);
    expect(told.undelivered).toEqual([expect.stringContaining('m9: shop:availability opened by eu-west-1')]);
  });
});

describe('an outage', () => {
  const outage = { monitor: 'shop', from: noon, to: noon + 3 * minute };

  it('is told by a message of its monitor, opened while it lasted', () => {
    expect(outagesTold([outage], [message('m1')])).toMatchObject({ long: 1, told: 1, medianMs: 40 * second, untold: [] });
  });

  it.each([
    ['no message', []],
    ['a message of another monitor', [message('m1', { monitor: 'docs' })]],
    ['a message of an earlier outage', [message('m1', { openedAt: '2026-11-21T11:59:00Z' })]],
  ])('with %s is untold', (_what, received) => {
    expect(outagesTold([outage], received).untold).toEqual(['shop was down at 2026-11-21T12:00:00.000Z']);
  });

  it('that was over soon need not be told', () => {
    expect(outagesTold([{ ...outage, to: noon + 30 * second }], [])).toMatchObject({ outages: 1, long: 0, untold: [] });
  });
});

describe('a dark region', () => {
  const named = (subject: string, condition: string, state: IncidentView['state'] = 'open'): boolean =>
    isNamed('us-east-2', { incidents: [{ subject, condition, state } as IncidentView] });

  it.each([
    ['an incident about its prober', 'prober:us-east-2', 'silent', true],
    ['an incident about its watchdog', 'watchdog:us-east-2', 'watcher-silent', true],
    ['nobody watching at all', 'monitoring', 'unwatched', true],
    ['the one that is left and sees nobody', 'watchdog:eu-west-1', 'alone', true],
    ['an incident about another region', 'prober:eu-west-1', 'silent', false],
  ])('is named by %s: %#', (_what, subject, condition, isSo) => {
    expect(named(subject, condition)).toBe(isSo);
    expect(named(subject, condition, 'resolved')).toBe(false);
  });
});
