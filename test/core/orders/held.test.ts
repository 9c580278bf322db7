import fc from 'fast-check';
import { type Instant, instant, monitorId, type RegionId } from '../../../src/core/basics/brand';
import type { Held, LogEntry } from '../../../src/core/log';
import type { Quiet } from '../../../src/core/orders/arranged';
import { heldDue, heldQuiets } from '../../../src/core/orders/held';
import type { Scope } from '../../../src/core/scope';
import { at, config, east, entry, monitor, west } from '../builders';

const shop: Scope = { kind: 'some', monitors: ['shop'], groups: [] };
const window = (over: Partial<Quiet> = {}): Quiet => ({
  kind: 'maintenance',
  of: shop,
  from: at('02:00'),
  to: at('03:00'),
  name: 'twinwatch.yaml',
  by: 'twinwatch.yaml',
  why: 'backups',
  ...over,
});
const made = config();
const spanOf = ({ from, to }: Pick<Held, 'from' | 'to'>): string => `${new Date(from).toISOString().slice(11, 16)}-${new Date(to).toISOString().slice(11, 16)}`;

/** A region that looks at these times, with what the file plans then; what it writes is there at its next look. */
function written(looks: readonly (readonly [time: string, ...planned: Quiet[]])[], region: RegionId = west, over: Partial<typeof made> = {}): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const [time, ...planned] of looks) {
    const due = heldDue({ config: { ...made, ...over }, planned, entries, region, now: at(time) });
    for (const body of due) entries.push(entry(body, { region, n: entries.length + 1, at: at(time), by: 'watchdog' }));
  }
  return entries;
}
const spans = (entries: readonly LogEntry[]): readonly string[] => heldQuiets(entries).map(spanOf);

describe('maintenance of the file', () => {
  it('is written down once, when it has begun', () => {
    const entries = written([['01:59', window()], ['02:00', window()], ['02:01', window()], ['02:59', window()], ['03:00', window()], ['04:00']]);
    expect(entries.map(({ body }) => body)).toEqual([
      { kind: 'held', key: 'maintenance', planned: at('02:00'), of: shop, from: at('02:00'), to: at('03:00'), why: 'backups' },
    ]);
    expect(heldQuiets(entries)).toEqual([window()]);
  });

  it('is there whole though the first look came late', () => {
    expect(spans(written([['02:40', window()]]))).toEqual(['02:00-03:00']);
  });

  it('that is taken out of the file while it holds is over then, and comes back where the file does', () => {
    expect(spans(written([['02:00', window()], ['02:20'], ['02:30']]))).toEqual(['02:00-02:20']);
    expect(spans(written([['02:00', window()], ['02:20'], ['02:40', window()], ['02:41', window()]]))).toEqual(['02:00-02:20', '02:40-03:00']);
  });

  it('that comes into the file in its midst pauses nothing before that', () => {
    expect(spans(written([['02:30', window()]], west, { madeAt: at('02:29') }))).toEqual(['02:29-03:00']);
  });

  it('that is made longer or shorter in its midst ends when it really did', () => {
    const longer = window({ to: at('04:00') });
    expect(
      spans(
        written([
          ['02:00', window()],
          ['02:30', longer],
          ['03:30', longer],
        ]),
      ),
    ).toEqual(['02:00-04:00']);
    const shorter = window({ to: at('02:40') });
    expect(
      spans(
        written([
          ['02:00', window()],
          ['02:30', shorter],
          ['02:50', shorter],
        ]),
      ),
    ).toEqual(['02:00-02:40']);
  });

  it('of others begins anew: whoever joins is paused from then on', () => {
    const both = window({ of: { kind: 'some', monitors: ['shop', 'docs'], groups: [] } });
    const entries = [...written([['02:00', window()]])];
    const due = heldDue({ config: { ...made, madeAt: at('02:30') }, planned: [both], entries, region: west, now: at('02:31') });
    expect(due.map((held) => [spanOf(held), held.of])).toEqual([
      ['02:00-02:31', shop],
      ['02:30-03:00', both.of],
    ]);
  });

  it('of a group is of those who were in it', () => {
    const monitors = [monitor({ id: monitorId('shop'), group: 'web' }), monitor({ id: monitorId('docs') })];
    const [held] = written([['02:00', window({ of: { kind: 'some', monitors: [], groups: ['web'] } })]], west, { monitors });
    expect(held!.body).toMatchObject({ of: shop });
  });

  it('that lasts for months is written down in each second one, since older logs are not read', () => {
    const day = 86_400_000;
    const long = window({ from: at('02:00'), to: instant(at('02:00') + 100 * day) });
    const first = written([['02:00', long]]);
    const later = (days: number) => heldDue({ config: made, planned: [long], entries: first, region: west, now: instant(at('02:00') + days * day) }).length;
    expect([later(1), later(35), later(45)]).toEqual([0, 0, 1]);
  });

  it('is what any region took for it', () => {
    const entries = [...written([['02:00', window()], ['02:20']]), ...written([['02:00', window()], ['02:25']], east)];
    expect(spans(entries)).toEqual(['02:00-02:20', '02:00-02:25']);
  });
});

it('the past is the same in whatever order logs are read, however often', () => {
  const plans: readonly (readonly Quiet[])[] = [[], [window()], [window({ to: at('02:50') })], [window({ of: { kind: 'all' } })]];
  const looks = fc.array(fc.tuple(fc.integer({ min: 115, max: 185 }), fc.constantFrom(...plans)), { maxLength: 12 });
  const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const inTime = (drawn: [number, readonly Quiet[]][]): (readonly [string, ...Quiet[]])[] =>
    drawn.toSorted(([one], [other]) => one - other).map(([minutes, planned]) => [timeOf(minutes), ...planned] as const);
  const sorted = (entries: readonly LogEntry[]): readonly string[] =>
    heldQuiets(entries)
      .map((quiet) => JSON.stringify(quiet))
      .sort();
  const logs = fc.tuple(looks, looks).map(([one, other]) => [...written(inTime(one)), ...written(inTime(other), east)]);
  fc.assert(
    fc.property(
      logs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all))),
      ([all, shuffled, again]) => expect(sorted([...shuffled, ...again])).toEqual(sorted(all)),
    ),
    { numRuns: 100 },
  );
});

it('time is only ever taken for paused while the file said so', () => {
  const day: readonly Instant[] = Array.from({ length: 80 }, (_, minute) => instant(at('01:55') + minute * 60_000));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 79 }), fc.integer({ min: 0, max: 79 }), (some, others) => {
      const [putIn, takenOut] = [Math.min(some, others), Math.max(some, others)];
      const entries: LogEntry[] = [];
      for (const [minute, now] of day.entries()) {
        const planned = minute >= putIn && minute < takenOut ? [window()] : [];
        const madeAt = day[minute >= takenOut ? takenOut : putIn]!;
        for (const body of heldDue({ config: { ...made, madeAt }, planned, entries, region: west, now }))
          entries.push(entry(body, { n: entries.length + 1, at: now }));
      }
      const isPaused = (now: Instant): boolean => heldQuiets(entries).some(({ from, to }) => from <= now && now < to);
      for (const [minute, now] of day.entries()) expect(isPaused(now)).toBe(minute >= putIn && minute < takenOut && now >= at('02:00') && now < at('03:00'));
    }),
    { numRuns: 40 },
  );
});
