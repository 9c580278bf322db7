import { aboutStep, foldIncidents, isAbout, isOpen, latestByKey } from '../../src/core/incident';
import { type About, type Changed, entryId, type Opened, type Resolved } from '../../src/core/log';
import { at, east, entry, middle, opened, resolved, slot, west } from './builders';

const changed = (over: Partial<Opened> = {}): Changed => ({ ...opened(over), kind: 'changed' });
const seen = (time: string) => ({ [west]: slot(time), [east]: slot(time) });

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

  it('has one end, concluded by several regions from no more than was known', () => {
    const ends = [entry(resolved(), { n: 2, at: at('00:20') }), entry(resolved(), { region: east, at: at('00:20:01') })];
    const muchLater = entry(resolved({ evidence: seen('00:50') }), { n: 3, at: at('00:50') });
    const [incident] = foldIncidents([entry(opened()), ...ends, muchLater]);
    expect(incident!.transitions.at(-1)!.entries).toEqual(ends);
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

describe('clocks that differ between regions', () => {
  it('leave the order to the evidence: what was concluded from more comes later', () => {
    const worse = entry(changed({ condition: 'down', evidence: seen('00:12') }), { region: east, at: at('00:17') });
    const milder = entry(changed({ condition: 'partial', evidence: seen('00:14') }), { n: 2, at: at('00:14') });
    const [incident] = foldIncidents([entry(opened({ condition: 'partial' })), worse, milder]);
    expect(incident!.transitions.map((step) => step.condition)).toEqual(['partial', 'down', 'partial']);
  });

  it('do not hand an opening to the end of a later incident', () => {
    const first = entry(resolved({ evidence: seen('00:20') }), { n: 2, at: at('00:20') });
    const again = entry(opened({ evidence: seen('00:30') }), { n: 3, at: at('00:30') });
    const second = entry(resolved({ evidence: seen('00:40') }), { region: east, at: at('00:15') });
    const incidents = foldIncidents([entry(opened()), first, again, second]);
    expect(incidents.map((incident) => incident.transitions.at(-1)!.entries[0].at)).toEqual([at('00:20'), at('00:15')]);
    expect(latestByKey(incidents).get('shop:availability')).toBe(incidents[1]);
    expect(incidents[1]!.resolvedAt).toBe(incidents[1]!.openedAt);
  });

  it('do not hand an opening to an end that another region concluded earlier by its clock, and that knew more', () => {
    const first = entry(resolved({ evidence: { [west]: slot('00:20') } }), { n: 2, at: at('00:40') });
    const again = entry(opened({ evidence: seen('00:20') }), { region: east, at: at('00:21') });
    const second = entry(resolved({ evidence: { [west]: slot('00:20'), [east]: slot('00:22') } }), { region: east, n: 2, at: at('00:22') });
    const incidents = foldIncidents([entry(opened()), first, again, second]);
    expect(incidents.map(({ openedAt }) => openedAt)).toEqual([at('00:10'), at('00:21')]);
    expect(incidents.map(({ resolvedAt }) => resolvedAt)).toEqual([at('00:40'), at('00:22')]);
  });

  it('do not make an incident the newest of its key', () => {
    const first = [entry(opened(), { at: at('00:45') }), entry(resolved({ evidence: seen('00:20') }), { n: 2, at: at('00:45') })];
    const second = [entry(opened({ evidence: seen('00:30') }), { region: east, at: at('00:30') })];
    second.push(entry(resolved({ evidence: seen('00:40') }), { region: east, n: 2, at: at('00:40') }));
    const incidents = foldIncidents([...first, ...second]);
    expect(latestByKey(incidents).get('shop:availability')!.transitions.at(-1)!.entries[0].body.evidence).toEqual(seen('00:40'));
  });
});

describe('what is known later', () => {
  it('an opening of another condition keeps its id as an alias', () => {
    const known = entry(opened({ condition: 'down', evidence: seen('00:12') }), { at: at('00:12') });
    const before = foldIncidents([known])[0]!;
    const after = foldIncidents([known, entry(opened({ condition: 'partial' }), { region: east, at: at('00:11') })])[0]!;
    expect(after.transitions.map((step) => step.condition)).toEqual(['partial', 'down']);
    expect(after.aliases).toContain(before.id);
  });

  it('a change whose opening arrives after it keeps its id as an alias, and stays told', () => {
    const change = entry(changed({ condition: 'partial', evidence: seen('00:12') }), { region: east, at: at('00:12') });
    const before = foldIncidents([change])[0]!;
    const told = aboutStep(before, before.transitions[0]!);
    expect(told.transition).toBe('opened');
    const after = foldIncidents([change, entry(opened())])[0]!;
    expect(after.aliases).toEqual([before.id]);
    expect(after.transitions.map((step) => isAbout(told, after, step))).toEqual([false, true]);
  });

  it('a change to a condition that it had before is another step, to be told again', () => {
    const steps = [entry(opened({ condition: 'partial' })), entry(changed({ evidence: seen('00:12') }), { n: 2, at: at('00:12') })];
    steps.push(entry(changed({ condition: 'partial', evidence: seen('00:14') }), { n: 3, at: at('00:14') }));
    steps.push(entry(changed({ evidence: seen('00:16') }), { n: 4, at: at('00:16') }));
    const incident = foldIncidents(steps)[0]!;
    const told = aboutStep(incident, incident.transitions[1]!);
    expect(incident.transitions.map((step) => isAbout(told, incident, step))).toEqual([false, true, false, false]);
  });

  it('an end stays told when the condition that it ended is known better', () => {
    const [opening, end] = [entry(opened()), entry(resolved(), { n: 2, at: at('00:20') })];
    const before = foldIncidents([opening, end])[0]!;
    const told = aboutStep(before, before.transitions[1]!);
    const after = foldIncidents([opening, end, entry(changed({ condition: 'partial', evidence: seen('00:12') }), { region: east, at: at('00:12') })])[0]!;
    expect(isAbout(told, after, after.transitions.at(-1)!)).toBe(true);
  });
});

describe('a condition that lasts', () => {
  const stuck = { key: 'prober:us-east-2:watch', subject: 'prober:us-east-2', family: 'watch', condition: 'replication-stuck' } as const;
  const ticket = entry(opened({ ...stuck, severity: 'ticket' }));
  const page = entry(changed({ ...stuck, severity: 'page', evidence: seen('00:35') }), { n: 2, at: at('00:35') });

  it('and becomes graver is another step', () => {
    const incident = foldIncidents([ticket, page])[0]!;
    expect(incident.severity).toBe('page');
    expect(incident.transitions.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['opened', 'ticket'],
      ['changed', 'page'],
    ]);
    const told = aboutStep(incident, incident.transitions[0]!);
    expect(incident.transitions.map((step) => isAbout(told, incident, step))).toEqual([true, false]);
  });

  it('is not milder because another region has watched it for less time', () => {
    const incident = foldIncidents([
      ticket,
      page,
      entry(changed({ ...stuck, severity: 'ticket', evidence: seen('00:36') }), { region: east, at: at('00:36') }),
    ])[0]!;
    expect(incident.severity).toBe('page');
    expect(incident.transitions).toHaveLength(2);
  });

  it('is told apart by its severity where the entry of a step is not written down', () => {
    const incident = foldIncidents([ticket, page])[0]!;
    const { entry: _entry, ...told } = aboutStep(incident, { ...incident.transitions[0]!, kind: 'changed' });
    expect(isAbout(told, incident, incident.transitions[1]!)).toBe(false);
    const { severity: _severity, ...older } = told;
    expect(isAbout(older, incident, incident.transitions[1]!)).toBe(true);
  });
});

describe('the order of incidents', () => {
  const of = (subject: string, body: Opened | Resolved) => ({ ...body, subject, key: `${subject}:availability` });

  it('is that of their openings, whatever they are about', () => {
    const first = [entry(opened()), entry(resolved(), { n: 2, at: at('00:20') })];
    const between = entry(of('search', opened({ evidence: seen('00:25') })), { n: 3, at: at('00:25') });
    const last = entry(opened({ evidence: seen('00:30') }), { n: 4, at: at('00:30') });
    expect(foldIncidents([...first, between, last]).map(({ openedAt }) => openedAt)).toEqual([at('00:10'), at('00:25'), at('00:30')]);
  });

  it('is that of their ids, where they opened at the same time', () => {
    const ids = foldIncidents(['shop', 'search', 'cart', 'login', 'mail', 'news'].map((subject, n) => entry(of(subject, opened()), { n }))).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });

  it('rests on no order in which entries of the same time were read', () => {
    const [one, other] = [entry(opened()), entry(opened({ speaker: east }), { region: east })];
    expect(foldIncidents([one, other])).toEqual(foldIncidents([other, one]));
    expect(foldIncidents([one, other])[0]!.transitions[0]!.entries).toEqual([one, other]);
  });

  it('of one subject is that of what each end rests on, not of what changed before', () => {
    const ofWest = (time: string) => ({ [west]: slot(time) });
    const ofEast = (time: string) => ({ [east]: slot(time) });
    const later = [
      entry(opened({ evidence: seen('00:30') }), { at: at('00:05') }),
      entry(changed({ condition: 'partial', evidence: ofWest('00:35') }), { n: 2, at: at('00:35') }),
      entry(resolved({ evidence: seen('00:40') }), { n: 3, at: at('00:40') }),
    ];
    const earlier = [entry(opened({ evidence: ofEast('00:10') }), { region: east }), entry(resolved({ evidence: ofEast('00:20') }), { region: east, n: 2 })];
    const incidents = foldIncidents([...later, ...earlier]);
    expect(incidents.map(({ transitions }) => transitions.length)).toEqual([3, 2]);
    expect(latestByKey(incidents).get('shop:availability')).toBe(incidents[0]);
  });
});

describe('the end of an incident', () => {
  const endOf = (...statements: (Opened | Changed)[]) =>
    foldIncidents([...statements.map((body, index) => entry(body, { n: index + 1 })), entry(resolved(), { n: 9, at: at('00:20') })])[0]!.transitions.at(-1);

  it.each([
    ['what it was', [opened({ condition: 'partial', severity: 'ticket' })], 'partial', 'ticket'],
    ['a note', [opened({ severity: 'note' })], 'down', 'note'],
    ['what it was last', [opened({ condition: 'partial' }), changed({ evidence: seen('00:11') })], 'down', 'page'],
    [
      'as grave as it ever was',
      [opened(), changed({ condition: 'partial', severity: 'ticket', evidence: seen('00:11') }), changed({ severity: 'ticket', evidence: seen('00:12') })],
      'down',
      'page',
    ],
  ] as [string, (Opened | Changed)[], string, string][])('is that of %s', (_case, statements, condition, severity) => {
    expect(endOf(...statements)).toMatchObject({ kind: 'resolved', condition, severity });
  });

  it('is not said by a region that knew less than one of its changes', () => {
    const opening = entry(opened());
    const change = entry(changed({ condition: 'partial', evidence: { [west]: slot('00:15'), [east]: slot('00:25') } }), { n: 2 });
    const end = entry(resolved({ evidence: { [west]: slot('00:20') } }), { n: 3, at: at('00:20') });
    const blind = entry(resolved({ evidence: { [east]: slot('00:20') } }), { region: east, at: at('00:21') });
    expect(foldIncidents([opening, change, end, blind])[0]!.transitions.at(-1)!.entries).toEqual([end]);
  });
});

describe('what something was said about', () => {
  const openings = [entry(opened()), entry(opened({ evidence: seen('00:11') }), { region: east, at: at('00:10:01') })];
  const change = entry(changed({ condition: 'partial', evidence: seen('00:15') }), { n: 2, at: at('00:15') });
  const end = entry(resolved(), { n: 3, at: at('00:20') });
  const incident = foldIncidents([...openings, change, end])[0]!;
  const [opening, changing, ending] = incident.transitions.map((step) => aboutStep(incident, step));
  const about = (said: About) => incident.transitions.map((step) => isAbout(said, incident, step));
  const withoutEntry = ({ entry: _entry, ...said }: About): About => said;

  it.each([
    ['the opening', opening!, [true, false, false]],
    ["the opening, by another region's entry", { ...opening!, entry: entryId(openings[1]!) }, [true, false, false]],
    ['the change', changing!, [false, true, false]],
    ['the end', ending!, [false, false, true]],
    ['the end, by an entry that is not known', { ...ending!, entry: 'us-east-2/2026-11/77' }, [false, false, true]],
    ['the opening, with no entry', withoutEntry(opening!), [true, false, false]],
    ['the change, with no entry', withoutEntry(changing!), [false, true, false]],
    ['an opening of another condition', { ...withoutEntry(opening!), condition: 'partial' }, [false, false, false]],
    ['the end of another incident of this subject', { ...ending!, incident: 'other' }, [false, false, false]],
    ['the end of another subject', { ...ending!, key: 'search:availability' }, [false, false, false]],
    ['that it is flapping', { ...opening!, as: 'flapping' }, [false, false, false]],
  ] as [string, About, boolean[]][])('%s', (_case, said, expected) => {
    expect(about(said)).toEqual(expected);
  });
});

describe('ids that a restatement leaves out', () => {
  const { id } = foldIncidents([entry(opened())])[0]!;
  const restated = (aliases: readonly string[], n: number) =>
    entry({ kind: 'restated', key: 'shop:availability', incident: id, aliases: aliases as never, entries: [] }, { region: middle, n });

  it('stay aliases, each once and in the same order whoever restated first', () => {
    const incidents = foldIncidents([entry(opened()), restated(['c', 'a'], 1), restated(['b', 'a', 'c'], 2)]);
    expect(incidents.map(({ aliases }) => aliases)).toEqual([['a', 'b', 'c']]);
  });

  it('belong to no other incident of the same subject', () => {
    const again = entry(opened({ evidence: seen('00:30') }), { n: 3, at: at('00:30') });
    const incidents = foldIncidents([entry(opened()), entry(resolved(), { n: 2, at: at('00:20') }), again, restated(['a'], 1)]);
    expect(incidents.map(({ aliases }) => aliases)).toEqual([['a'], []]);
  });

  it('are not told twice where their entries are known', () => {
    const again = entry(opened({ evidence: seen('00:11') }), { region: east, at: at('00:11') });
    const alias = foldIncidents([again])[0]!.id;
    expect(foldIncidents([entry(opened()), again, restated([alias], 1)])[0]!.aliases).toEqual([alias]);
  });
});
