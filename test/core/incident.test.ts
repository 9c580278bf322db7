import fc from 'fast-check';
import { slotAt } from '../../src/core/basics/brand';
import { foldIncidents, isNewerEvidence, isOpen, latestByKey } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { at, east, entry, opened, resolved, seconds, slot, west } from './builders';

describe('an incident', () => {
  it('is open from its opening until a resolution with newer evidence', () => {
    const [open] = foldIncidents([entry(opened())]);
    expect(open).toMatchObject({ key: 'shop:availability', condition: 'down', severity: 'page', openedAt: at('00:10') });
    expect(isOpen(open!)).toBe(true);
    const [closed] = foldIncidents([entry(opened()), entry(resolved(), { n: 2, at: at('00:20') })]);
    expect(closed).toMatchObject({ id: open!.id, resolvedAt: at('00:20') });
  });

  it('is closed by a resolution that is known only from its announcement', () => {
    const end = resolved();
    const about = { key: 'shop:availability', incident: foldIncidents([entry(opened())])[0]!.id, transition: 'resolved' as const, condition: 'down' as const };
    const told = entry({ ...about, kind: 'announced', reason: 'others-stayed-silent', text: '', of: end }, { region: east, at: at('00:20:20') });
    expect(foldIncidents([entry(opened()), told]).filter(isOpen)).toEqual([]);
    expect(foldIncidents([entry(opened()), told, entry(end, { n: 2, at: at('00:20') })])).toHaveLength(1);
  });

  it('is not closed by a resolution whose evidence is not newer', () => {
    const stale = resolved({ evidence: { [west]: slot('00:10'), [east]: slot('00:09') } });
    expect(foldIncidents([entry(opened()), entry(stale, { n: 2, at: at('00:30') })]).filter(isOpen)).toHaveLength(1);
  });

  it('is one, when both regions open it: the later opening is an alias', () => {
    const both = [entry(opened()), entry(opened({ evidence: { [west]: slot('00:10'), [east]: slot('00:11') } }), { region: east, at: at('00:11') })];
    const incidents = foldIncidents(both);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.aliases).toEqual([foldIncidents([both[1]!])[0]!.id]);
    expect(incidents[0]!.transitions).toHaveLength(1);
  });

  it('keeps its id as an alias when an earlier opening is learnt later', () => {
    const known = entry(opened(), { at: at('00:12') });
    const learnt = entry(opened(), { region: east, at: at('00:11') });
    const before = foldIncidents([known])[0]!;
    const after = foldIncidents([known, learnt])[0]!;
    expect(after.id).not.toBe(before.id);
    expect(after.aliases).toContain(before.id);
  });

  it('is another one after a resolution in between', () => {
    const again = opened({ evidence: { [west]: slot('00:40'), [east]: slot('00:40') } });
    const incidents = foldIncidents([entry(opened()), entry(resolved(), { n: 2, at: at('00:20') }), entry(again, { n: 3, at: at('00:40') })]);
    expect(incidents.map((incident) => isOpen(incident))).toEqual([false, true]);
    expect(latestByKey(incidents).get('shop:availability')).toBe(incidents[1]);
  });

  it('worsens and eases within itself', () => {
    const worse = { ...opened({ condition: 'down', evidence: { [west]: slot('00:15'), [east]: slot('00:15') } }), kind: 'changed' as const };
    const [incident] = foldIncidents([entry(opened({ condition: 'partial' })), entry(worse, { n: 2, at: at('00:15') })]);
    expect(incident).toMatchObject({
      condition: 'down',
      transitions: [
        { kind: 'opened', condition: 'partial' },
        { kind: 'changed', condition: 'down' },
      ],
    });
  });
});

describe('newer evidence', () => {
  it.each([
    ['further on in one, equal in the other', { a: 2, b: 1 }, { a: 1, b: 1 }, true],
    ['further on in one, behind in the other', { a: 2, b: 0 }, { a: 1, b: 1 }, false],
    ['the same', { a: 1 }, { a: 1 }, false],
    ['from regions that the other does not know', { c: 9 }, { a: 1 }, false],
    ['from the one region that both know', { a: 2 }, { a: 1, b: 1 }, true],
  ])('%s', (_case, evidence, than, isNewer) => {
    expect(isNewerEvidence(evidence as never, than as never)).toBe(isNewer);
  });
});

/** Logs of two regions about two subjects, with any evidence at any time. */
const logs = fc
  .array(
    fc.record({ isOpening: fc.boolean(), subject: fc.constantFrom('shop', 'search'), a: fc.nat(8), b: fc.nat(8), isWest: fc.boolean(), second: fc.nat(60) }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ isOpening, subject, a, b, isWest, second }, index): LogEntry => {
      const shared = { key: `${subject}:availability`, subject, evidence: { [west]: slotAt(a), [east]: slotAt(b) } };
      return entry(isOpening ? opened(shared) : resolved(shared), { region: isWest ? west : east, n: index + 1, at: seconds(second) });
    }),
  );

describe('the fold of all logs', () => {
  const bytes = (entries: readonly LogEntry[]): string => JSON.stringify(foldIncidents(entries));

  it('is the same in any order', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => bytes(shuffled) === bytes(all),
      ),
    );
  });

  it('is the same with any entry read twice', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
        ([all, again]) => bytes([...again, ...all, ...again]) === bytes(all),
      ),
    );
  });

  it('never closes an opening without newer evidence, and forgets none', () => {
    fc.assert(
      fc.property(logs, (all) => {
        const incidents = foldIncidents(all);
        const openings = all.filter((item) => item.body.kind === 'opened');
        const told = incidents.flatMap((incident) => incident.transitions.filter((step) => step.kind === 'opened').flatMap((step) => step.entries));
        expect(told).toHaveLength(openings.length);
        for (const incident of incidents.filter((candidate) => !isOpen(candidate))) {
          const closers = incident.transitions.at(-1)!.entries;
          for (const opening of incident.transitions[0]!.entries)
            expect(closers.some((closer) => isNewerEvidence(closer.body.evidence, opening.body.evidence))).toBe(true);
        }
      }),
    );
  });
});
