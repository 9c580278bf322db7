import { type Decided, decideAll } from '../../src/core/announcement';
import { type Instant, instant, type RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { entryId, type LogEntry } from '../../src/core/log';
import { arrange } from '../../src/core/orders/arranged';
import { waitMs } from '../../src/core/speaker';
import { at, config, east, entry, opened, resolved, slot, west } from './builders';
import { about, announced, opening, receipt, regions } from './one-page';

const seen = (time: string) => ({ [west]: slot(time), [east]: slot(time) });
const end = entry(resolved(), { n: 4, at: at('00:20') });
const endTold = entry({ ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: west, messageId: 'e' }, { n: 5, at: at('00:20:02') });
const noted = entry({ ...about, kind: 'noted' }, { region: east, at: at('00:10:05') });
const note = entry(opened({ severity: 'note' }));
const planned = { kind: 'maintenance', of: { kind: 'all' }, name: 'plan', by: 'plan' } as const;

interface Asked {
  readonly me?: RegionId;
  readonly now?: Instant;
  readonly quiet?: readonly [string, string];
}

function decided(entries: readonly LogEntry[], { me = west, now = at('00:25'), quiet }: Asked = {}): Decided {
  const stretches = quiet === undefined ? [] : [{ ...planned, from: at(quiet[0]), to: at(quiet[1]) }];
  const arranged = arrange({ config: config(), orders: [], planned: stretches });
  return decideAll(foldIncidents(entries), entries, { me, now, regions, finds: new Map(), arranged });
}
const reasonsOf = ({ decisions }: Decided): readonly string[] => decisions.map(({ reason }) => reason);

describe('nothing is left to be said', () => {
  const worse = entry({ ...opened({ condition: 'down', evidence: seen('00:15') }), kind: 'changed' }, { n: 2, at: at('00:15') });
  const mild = entry(opened({ condition: 'partial' }));

  it.each([
    ['of what was told, and its end as well', [opening, receipt, end, endTold], undefined, ['told', 'told']],
    ['of what was told by its end alone', [opening, end, endTold], undefined, ['a-later-one-was-told', 'told']],
    ['of what is no more than a note', [note], undefined, ['only-noted-on-the-page']],
    ['of a note that is over', [note, end], undefined, ['only-noted-on-the-page', 'only-noted-on-the-page']],
    ['of a note that was over when it was written', [entry(opened({ severity: 'note', isOver: true }))], undefined, ['told-by-its-end']],
    ['of what began and ended in a maintenance', [opening, end], ['00:05', '00:22'], ['over-before-anybody-was-told', 'over-before-anybody-was-told']],
    [
      'of what began in a maintenance, and ended after it',
      [mild, worse, end, endTold],
      ['00:05', '00:12'],
      ['a-later-one-tells-it', 'a-later-one-was-told', 'told'],
    ],
  ] as [string, LogEntry[], [string, string] | undefined, string[]][])('%s', (_case, entries, quiet, reasons) => {
    const all = decided(entries, quiet === undefined ? {} : { quiet });
    expect(reasonsOf(all)).toEqual(reasons);
    expect(all.settled).toEqual(new Set(['shop:availability']));
    expect(all.repeats.size).toBe(0);
  });

  it('of one monitor, and something of another: each is looked at by itself', () => {
    const ofDocs = entry(opened({ key: 'docs:availability', subject: 'docs' }), { n: 7 });
    const all = decided([opening, receipt, end, endTold, ofDocs]);
    expect(all.settled).toEqual(new Set(['shop:availability']));
    expect([...all.repeats.keys()]).toEqual(foldIncidents([ofDocs]).map(({ id }) => id));
  });
});

describe('something is left to be said', () => {
  const endSent = entry({ ...about, transition: 'resolved', kind: 'announced', reason: 'first-speaker', text: '' }, { n: 5, at: at('00:20:01') });
  const endNoted = entry({ ...about, transition: 'resolved', kind: 'noted' }, { region: east, at: at('00:20:05') });

  it.each([
    ['of what was told and still is so, again and again', [opening, receipt], {}, ['told']],
    ['while the end is on its way', [opening, receipt, end, endSent], { now: at('00:20:10') }, ['told', 'being-sent']],
    ['by whoever has just learnt of the end', [opening, receipt, end], { me: east }, ['told', 'just-learnt']],
    ['by whoever waits for the others to tell the end', [opening, receipt, end, endNoted], { me: east, now: at('00:20:06') }, ['told', 'waiting-for-my-turn']],
    ['of what is hidden until a maintenance is over', [opening], { quiet: ['00:05', '00:40'] }, ['in-maintenance']],
    ['of what is hidden, as a note is, until a maintenance is over', [note], { quiet: ['00:05', '00:40'] }, ['in-maintenance']],
  ] as [string, LogEntry[], Asked, string[]][])('%s', (_case, entries, asked, reasons) => {
    const all = decided(entries, asked);
    expect(reasonsOf(all)).toEqual(reasons);
    expect(all.settled).toEqual(new Set());
  });
});

describe('what is said again', () => {
  const [incident] = foldIncidents([opening]);
  const again = (entries: readonly LogEntry[], time: string) => decided(entries, { now: at(time) }).repeats.get(incident!.id);

  it('is asked of what is open, with what was said of it', () => {
    expect(again([opening, receipt], '00:25')).toEqual([{ kind: 'silence', reason: 'not-yet-due' }]);
    expect(again([opening], '00:45')).toEqual([{ kind: 'silence', reason: 'not-told-yet' }]);
    expect(again([opening, receipt], '00:45')).not.toEqual([{ kind: 'silence', reason: 'not-told-yet' }]);
  });

  it('is asked of no note, and of nothing that is over', () => {
    expect(again([note], '00:45')).toBeUndefined();
    expect(again([opening, receipt, end], '00:45')).toBeUndefined();
  });
});

describe('a turn', () => {
  it('comes later while messages are gathered', () => {
    const wait = waitMs('shop:availability', { me: east, first: west, regions });
    const reasonAfter = (ms: number, slackMs: number) => {
      const listener = { me: east, now: instant(at('00:10:05') + ms), regions, finds: new Map(), slackMs };
      return decideAll(foldIncidents([opening]), [opening, noted], listener).decisions[0]!.reason;
    };
    expect([reasonAfter(wait, 0), reasonAfter(wait, 15 * second)]).toEqual(['others-stayed-silent', 'waiting-for-my-turn']);
    expect(reasonAfter(wait + 15 * second, 15 * second)).toBe('others-stayed-silent');
  });

  it('is not taken by what was sent of another step', () => {
    const worse = entry({ ...opened({ condition: 'down', evidence: seen('00:15') }), kind: 'changed' }, { n: 6, at: at('00:15') });
    const mild = entry(opened({ condition: 'partial' }));
    const step = foldIncidents([mild, worse])[0]!;
    const ofOpening = { ...aboutStep(step, step.transitions[0]!), topic: west, messageId: 'm', level: 'accepted' } as const;
    const sent = entry({ ...announced.body, ...ofOpening, entry: entryId(mild), kind: 'announced' } as LogEntry['body'], { n: 2, at: at('00:15:05') });
    expect(decided([mild, worse, sent], { now: at('00:15:10') }).decisions[1]).toMatchObject({ kind: 'say', reason: 'first-speaker' });
  });
});
