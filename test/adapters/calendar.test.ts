import { systemCalendar } from '../../src/adapters/calendar';
import { instant } from '../../src/core/basics/brand';
import { isoTime } from '../../src/core/basics/time';

const time = (text: string) => instant(Date.parse(text));
async function nextTimes(cron: string, timezone: string, after: string, count: number): Promise<readonly string[]> {
  const next = await systemCalendar.next(cron, timezone);
  const found: string[] = [];
  for (let at = next(time(after)); at !== undefined && found.length < count; at = next(at)) found.push(isoTime(at).replace(':00.000Z', 'Z'));
  return found;
}

describe('a calendar', () => {
  it.each<[string, string, string, string, readonly string[]]>([
    ['comes after a time, and not at it', '0 3 * * *', 'UTC', '2026-11-21T03:00:00Z', ['2026-11-22T03:00Z', '2026-11-23T03:00Z']],
    ['is read by the clocks of its place', '0 3 * * *', 'Asia/Tokyo', '2026-11-21T00:00:00Z', ['2026-11-21T18:00Z']],
    ['moves with summer time', '0 3 * * *', 'Europe/Lisbon', '2026-03-28T00:00:00Z', ['2026-03-28T03:00Z', '2026-03-29T02:00Z', '2026-03-30T02:00Z']],
    ['moves back with it', '0 3 * * *', 'Europe/Lisbon', '2026-10-24T00:00:00Z', ['2026-10-24T02:00Z', '2026-10-25T03:00Z', '2026-10-26T03:00Z']],
    ['knows weekdays', '0 3 * * MON', 'UTC', '2026-11-21T00:00:00Z', ['2026-11-23T03:00Z']],
    ['may be over', '0 0 0 1 1 * 2019', 'UTC', '2026-11-21T00:00:00Z', []],
  ])('%s', async (_case, cron, timezone, after, wanted) => {
    expect(await nextTimes(cron, timezone, after, wanted.length || 1)).toEqual(wanted);
  });

  it('leaves out no day and takes none twice where an hour is skipped or comes twice', async () => {
    for (const [from, to] of [
      ['2026-03-27T12:00:00Z', '2026-03-31T12:00:00Z'],
      ['2026-10-23T12:00:00Z', '2026-10-27T12:00:00Z'],
    ] as const) {
      const found = await nextTimes('30 1 * * *', 'Europe/Lisbon', from, 4);
      expect(found).toHaveLength(4);
      expect(new Set(found.map((text) => text.slice(0, 10))).size).toBe(4);
      expect(found.at(-1)! < to).toBe(true);
    }
  });
});
