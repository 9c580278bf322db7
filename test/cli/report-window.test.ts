import { readWindow, type WindowOptions } from '../../cli/report/window';
import { instant } from '../../src/core/basics/brand';

const now = instant(Date.parse('2026-11-21T04:00:00Z'));
const read = (options: WindowOptions) => {
  const { from, to, name } = readWindow(options, now);
  return [new Date(from).toISOString(), new Date(to).toISOString(), name];
};

describe('the window of a report', () => {
  it.each([
    [{}, '2026-10-22T04:00:00.000Z', 'the last 30d'],
    [{ window: '30d' }, '2026-10-22T04:00:00.000Z', 'the last 30d'],
    [{ window: '36h' }, '2026-11-19T16:00:00.000Z', 'the last 36h'],
    [{ window: '90m' }, '2026-11-21T02:30:00.000Z', 'the last 90m'],
  ])('%j ends now', (options, from, name) => {
    expect(read(options)).toEqual([from, '2026-11-21T04:00:00.000Z', name]);
  });

  it.each([
    ['2026-10', 'UTC', '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    // Summer time ends within it: an hour longer than its days.
    ['2026-10', 'Europe/Lisbon', '2026-09-30T23:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    // Summer time begins within it.
    ['2026-03', 'America/New_York', '2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'],
    ['2026-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z', '2026-01-31T18:15:00.000Z'],
    ['2026-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', '2026-01-31T10:00:00.000Z'],
    ['2024-02', 'Pacific/Pago_Pago', '2024-02-01T11:00:00.000Z', '2024-03-01T11:00:00.000Z'],
    // The clock goes back at midnight of the first, into the month before.
    ['2015-11', 'America/Havana', '2015-11-01T04:00:00.000Z', '2015-12-01T05:00:00.000Z'],
  ])('%s in %s is the month as it is counted there', (month, timezone, from, to) => {
    expect(read({ month, timezone })).toEqual([from, to, `${month} in ${timezone}`]);
  });

  it('of a month that is not over yet ends now, and says so', () => {
    expect(read({ month: '2026-11', timezone: 'UTC' })).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-21T04:00:00.000Z', '2026-11 in UTC, so far']);
  });

  it.each([
    [{ window: '30' }, '"30" is no window; write days, hours or minutes, as in --window 30d, 36h or 90m'],
    [{ window: '0d' }, '"0d" is no window'],
    [{ window: '-1d' }, '"-1d" is no window'],
    [{ window: '9999d' }, 'longer than history is kept; write at most --window 1100d'],
    [{ month: '2026-13' }, '"2026-13" is no month; write it as in --month 2026-10'],
    [{ month: 'October' }, '"October" is no month'],
    [{ month: '2027-01', timezone: 'UTC' }, '2027-01 has not begun in UTC; name a month that has'],
    [{ month: '2026-10', timezone: 'Europe/Lisabon' }, 'there is no time zone "Europe/Lisabon"; did you mean Europe/Lisbon?'],
    [{ month: '2026-10', timezone: 'x' }, 'there is no time zone "x"; write it as in --timezone Europe/Lisbon'],
    [{ timezone: 'Europe/Lisbon' }, '--timezone says where a month begins and ends; write it with --month 2026-10'],
    [{ month: '2026-10', window: '30d' }, '--window and --month name two different times; write one of them'],
  ])('%j is refused with what to write instead', (options, sentence) => {
    expect(() => read(options)).toThrow(sentence);
  });
});
