import { monitorId, type RegionId, type Slot } from '../../src/core/basics/brand';
import type { Head } from '../../src/core/beat';
import { conclude } from '../../src/core/conclusion';
import { foldIncidents, latestByKey } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { wordsFor } from '../../src/core/message/message';
import { removedFindings } from '../../src/core/no-longer-watched';
import { at, config, east, entry, monitor, opened, resolved, slot, west } from './builders';

const own = config({ madeAt: at('00:05'), monitors: [monitor({ id: monitorId('search') })] });
const head = (region: RegionId, seen: Slot, configMadeAt = own.madeAt): Head => ({ region, slot: seen, configMadeAt }) as Head;
const heads = (...all: readonly Head[]): ReadonlyMap<RegionId, Head> => new Map(all.map((one) => [one.region, one]));
const later = heads(head(west, slot('00:20')), head(east, slot('00:20'), at('00:00')));
const find = (seen: ReadonlyMap<RegionId, Head>, ...entries: readonly LogEntry[]) => removedFindings(own, seen, latestByKey(foldIncidents(entries)).values());

describe('a monitor that is not in the newest configuration', () => {
  const down = entry(opened());

  it('has its open incident ended by the newest slots of all regions', () => {
    const [finding, ...others] = find(later, down);
    expect(others).toEqual([]);
    const conclusion = conclude(finding!, foldIncidents([down])[0]);
    expect(conclusion).toMatchObject({
      kind: 'write',
      body: { kind: 'resolved', reason: 'no-longer-watched', evidence: { [west]: slot('00:20'), [east]: slot('00:20') } },
    });
  });

  it('has what was said of who answers it ended as well', () => {
    const impersonated = entry(opened({ key: 'shop:identity', family: 'identity', condition: 'misidentified' }), { n: 2 });
    expect(find(later, down, impersonated).map(({ about }) => about.key)).toEqual(expect.arrayContaining(['shop:availability', 'shop:identity']));
  });

  it('is told as that, and not as up again', () => {
    const end = entry(resolved({ reason: 'no-longer-watched' }), { n: 2, at: at('00:20') });
    const incident = foldIncidents([down, end])[0]!;
    const { subject } = wordsFor({ incident, transition: incident.transitions.at(-1)!, reason: 'first-speaker', by: west, now: at('00:20') });
    expect(subject).toBe('RESOLVED shop is no longer watched');
  });

  it('is not ended by slots that are no newer than its opening', () => {
    const [finding] = find(heads(head(west, slot('00:10')), head(east, slot('00:10'))), down);
    expect(conclude(finding!, foldIncidents([down])[0])).toEqual({ kind: 'nothing', why: 'end-not-newer' });
  });

  it.each([
    ['by whoever has an older configuration', find(heads(head(west, slot('00:20'), at('00:06'))), down)],
    ['once it is over', find(later, down, entry(resolved(), { n: 2 }))],
    ['while it is in the configuration', find(later, entry(opened({ subject: 'search', key: 'search:availability' })))],
    ['where the incident is about a prober', find(later, entry(opened({ subject: 'prober:us-east-2', family: 'watch', key: 'prober:us-east-2:watch' })))],
  ])('is left alone %s', (_case, found) => {
    expect(found).toEqual([]);
  });
});
