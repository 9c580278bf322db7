import { decideAll } from '../../src/core/announcement';
import { aboutStep, foldIncidents, isOpen } from '../../src/core/incident';
import type { LogEntry, Part } from '../../src/core/log';
import { at, east, entry, middle, opened, resolved, west } from './builders';

const subjects = ['a', 'b', 'c'];
const openings = subjects.map((subject, index) => entry(opened({ key: `${subject}:availability`, subject }), { n: index + 1 }));
const partOf = (incident: ReturnType<typeof foldIncidents>[number], step = 0): Part => {
  const { body } = incident.transitions[step]!.entries[0];
  return { ...aboutStep(incident, incident.transitions[step]!), of: body.kind === 'resolved' ? body : undefined };
};
const incidents = foldIncidents(openings);
const [first, ...others] = incidents.map((incident) => partOf(incident));
const announced = entry({ ...first!, kind: 'announced', reason: 'first-speaker', text: '', also: others, gathered: 'cause' }, { n: 4, at: at('00:10:01') });
const receipt = entry({ ...first!, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm', also: others }, { n: 5, at: at('00:10:02') });

const reasons = (entries: readonly LogEntry[], time: string, me = west) =>
  decideAll(foldIncidents(entries), entries, { me, now: at(time), regions: [west, east, middle], finds: new Map() }).decisions.map(({ reason }) => reason);

describe('several things that one message told', () => {
  it('are each told when it has its receipt, for every region', () => {
    for (const me of [west, east, middle]) expect(reasons([...openings, announced, receipt], '00:30', me)).toEqual(Array(3).fill('told'));
  });

  it('are each being sent until then, and each sent again where no receipt came', () => {
    expect(reasons([...openings, announced], '00:10:20')).toEqual(Array(3).fill('being-sent'));
    expect(reasons([...openings, announced], '00:10:40')).toEqual(Array(3).fill('no-receipt-yet'));
  });

  it('leave everything else as it was: whoever reads the log twice, or in another order, finds the same', () => {
    const entries = [...openings, announced, receipt];
    expect(reasons([...entries, ...entries].reverse(), '00:30')).toEqual(Array(3).fill('told'));
    expect(foldIncidents(entries)).toEqual(incidents);
  });

  it('that were ends are known to have ended, each by its own resolution', () => {
    const ends = subjects.map((subject, index) => entry(resolved({ key: `${subject}:availability`, subject }), { n: 10 + index, at: at('00:20') }));
    const [one, ...more] = foldIncidents([...openings, ...ends]).map((incident) => partOf(incident, 1));
    const told = entry({ ...one!, kind: 'announced', reason: 'first-speaker', text: '', also: more }, { n: 20, at: at('00:20:01') });
    const known = foldIncidents([...openings, told]);
    expect(known.map(({ subject }) => subject).sort()).toEqual(subjects);
    expect(known.filter(isOpen)).toEqual([]);
    expect(known.every(({ transitions }) => transitions.length === 2)).toBe(true);
  });
});
