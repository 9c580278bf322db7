import fc from 'fast-check';
import { slotAt } from '../../src/core/basics/brand';
import { evidenceText, inOrderOfEvidence, isNewerEvidence } from '../../src/core/evidence';
import { foldIncidents, type Incident, idsOf, isAbout, isOpen } from '../../src/core/incident';
import { entryId, type LogEntry } from '../../src/core/log';
import { decodeLogEntry, encodeLogEntry } from '../../src/core/log-item';
import { east, west } from './builders';
import { anyLogs, histories } from './histories';

/** A history takes far longer to be played than to be checked, and many laws look at one each. */
const playedRuns = { numRuns: 60 };

const bytes = (entries: readonly LogEntry[]): string => JSON.stringify(foldIncidents(entries));
const part = (all: readonly LogEntry[]): fc.Arbitrary<readonly LogEntry[]> => fc.subarray([...all]);
const incidentWith = (id: string, incidents: readonly Incident[]): Incident | undefined => incidents.find((incident) => idsOf(incident).includes(id as never));

describe.each([
  ['that regions wrote', histories(), playedRuns],
  ['of any entries at all', anyLogs, { numRuns: 100 }],
])('the fold of logs %s', (_which, logs, runs) => {
  it('is the same in any order', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))),
        ([all, shuffled]) => expect(bytes(shuffled)).toBe(bytes(all)),
      ),
      runs,
    );
  });

  it('is the same with any entry read twice', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), part(all))),
        ([all, again]) => expect(bytes([...again, ...all, ...again])).toBe(bytes(all)),
      ),
      runs,
    );
  });

  it('is the same however the logs are split and put together again, in any grouping', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), part(all), part(all))),
        ([all, one, other]) => {
          const rest = all.filter((item) => !one.includes(item) && !other.includes(item));
          expect(bytes([...one, ...other, ...rest])).toBe(bytes(all));
          expect(bytes([...rest, ...[...other, ...one]])).toBe(bytes(all));
        },
      ),
      runs,
    );
  });

  it('is the same after a journey through the table', () => {
    fc.assert(
      fc.property(logs, (all) => expect(bytes(all.map((item) => decodeLogEntry(encodeLogEntry(item))!))).toBe(bytes(all))),
      runs,
    );
  });

  it('never loses an id: more entries only make it an alias', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), part(all))),
        ([all, known]) => {
          const after = foldIncidents(all).flatMap(idsOf);
          expect(new Set(after).size).toBe(after.length);
          for (const id of foldIncidents(known).flatMap(idsOf)) expect(after).toContain(id);
        },
      ),
      runs,
    );
  });

  it('never opens again what was resolved by newer evidence', () => {
    fc.assert(
      fc.property(
        logs.chain((all) => fc.tuple(fc.constant(all), part(all))),
        ([all, known]) => {
          const after = foldIncidents(all);
          for (const incident of foldIncidents(known).filter((candidate) => !isOpen(candidate))) expect(isOpen(incidentWith(incident.id, after)!)).toBe(false);
        },
      ),
      runs,
    );
  });

  it('puts every opening and change into one incident, and closes none without newer evidence', () => {
    fc.assert(
      fc.property(logs, (all) => {
        const incidents = foldIncidents(all);
        const said = incidents.flatMap((incident) => incident.transitions.filter((step) => step.kind !== 'resolved').flatMap((step) => step.entries));
        const statements = all.filter(({ body }) => body.kind === 'opened' || body.kind === 'changed');
        expect(said.map(entryId).sort()).toEqual(statements.map(entryId).sort());
        for (const incident of incidents.filter((candidate) => !isOpen(candidate))) {
          const closers = incident.transitions.at(-1)!.entries;
          const opening = incident.transitions.slice(0, -1).flatMap((step) => step.entries);
          for (const closer of closers) for (const item of opening) expect(isNewerEvidence(closer.body.evidence, item.body.evidence)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('coalesces what overlaps: of one subject there is one open incident at most, and one of each end', () => {
    fc.assert(
      fc.property(logs, (all) => {
        const ends = foldIncidents(all).map(({ key, transitions, ...incident }) => {
          const closer = isOpen({ key, transitions, ...incident }) ? 'open' : evidenceText(transitions.at(-1)!.entries[0].body.evidence);
          return `${key} ${closer}`;
        });
        expect(new Set(ends).size).toBe(ends.length);
      }),
      runs,
    );
  });

  it('begins with an opening, goes on with changes, and ends once; it never becomes milder within a condition', () => {
    fc.assert(
      fc.property(logs, (all) => {
        for (const incident of foldIncidents(all)) {
          const kinds = incident.transitions.map((step) => step.kind).join(' ');
          expect(kinds).toMatch(isOpen(incident) ? /^opened( changed)*$/ : /^opened( changed)* resolved$/);
          expect(incident.resolvedAt ?? incident.openedAt).toBeGreaterThanOrEqual(incident.openedAt);
          for (const [index, step] of incident.transitions.entries()) {
            const before = incident.transitions[index - 1];
            if (step.kind === 'changed' && before?.condition === step.condition) expect([before.severity, step.severity]).toEqual(['ticket', 'page']);
          }
        }
      }),
      runs,
    );
  });
});

describe('what was told', () => {
  const toldSteps = (entries: readonly LogEntry[]) => {
    const receipts = entries.flatMap(({ body }) => (body.kind === 'receipt' ? [body] : []));
    return foldIncidents(entries).flatMap((incident) =>
      incident.transitions.filter((step) => receipts.some((receipt) => isAbout(receipt, incident, step, receipt.as))).map((step) => ({ incident, step })),
    );
  };

  it('stays told whatever becomes known later: the step that holds the entry it was about is told', () => {
    fc.assert(
      fc.property(histories(), (all) => {
        const told = new Set(toldSteps(all).flatMap(({ step }) => step.entries.map(entryId)));
        for (const { body } of all) if (body.kind === 'receipt' && body.transition !== 'resolved') expect(told).toContain(body.entry);
      }),
      playedRuns,
    );
  });

  it('is no more than one step each: a receipt never silences another step of its incident', () => {
    fc.assert(
      fc.property(histories(), (all) => {
        const incidents = foldIncidents(all);
        for (const { body } of all) {
          if (body.kind !== 'receipt') continue;
          const about = incidents.flatMap((incident) => incident.transitions.filter((step) => isAbout(body, incident, step, body.as)));
          expect(about.length).toBeLessThanOrEqual(1);
        }
      }),
      playedRuns,
    );
  });
});

it('evidence orders what it can, and never puts what knew more before what knew less where all know the same regions', () => {
  const slots = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 });
  fc.assert(
    fc.property(slots, (drawn) => {
      const items = drawn.map(([a, b], index) => ({ index, body: { evidence: { [west]: slotAt(a), [east]: slotAt(b) } } }));
      const ordered = inOrderOfEvidence(items);
      expect([...ordered].sort((one, other) => one.index - other.index)).toEqual(items);
      for (const [place, item] of ordered.entries())
        for (const later of ordered.slice(place + 1)) expect(isNewerEvidence(item.body.evidence, later.body.evidence)).toBe(false);
    }),
  );
});
