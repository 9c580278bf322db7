import { sayProbers } from '../../src/core/gap-cause';
import { foldIncidents } from '../../src/core/incident';
import { at, east, entry, opened, resolved, west } from './builders';

const gap = { from: at('00:12'), to: at('00:14') };
const unwatched = { key: 'monitoring:coverage', subject: 'monitoring', family: 'coverage', condition: 'unwatched' } as const;

describe('why nobody reported, as far as somebody said it', () => {
  it('is what was said of each prober', () => {
    const silent = { key: `prober:${west}:watch`, subject: `prober:${west}`, family: 'watch', condition: 'silent' } as const;
    const incidents = foldIncidents([
      entry(opened(silent), { at: at('00:12') }),
      entry(opened({ ...unwatched, reason: 'all dark' }), { at: at('00:13'), n: 2 }),
    ]);
    expect(sayProbers(gap, [west, east], incidents)).toBe(`${west} silent, nothing was said of ${east}`);
  });

  it('is what was said of all together, where nothing was said of any of them', () => {
    const told = entry(opened({ ...unwatched, reason: 'no path shows a fresh beat of any prober' }), { at: at('00:13') });
    expect(sayProbers(gap, [west, east], foldIncidents([told]))).toBe('no path shows a fresh beat of any prober');
  });

  it('is nothing where it was told only when it was over, or before', () => {
    const afterwards = entry(opened({ ...unwatched, isOver: true }), { at: at('00:13') });
    expect(sayProbers(gap, [west], foldIncidents([afterwards]))).toBe(`nothing was said of ${west}`);
    const before = [entry(opened(unwatched), { at: at('00:10') }), entry(resolved(unwatched), { at: at('00:11'), n: 2 })];
    expect(sayProbers(gap, [west], foldIncidents(before))).toBe(`nothing was said of ${west}`);
  });
});
