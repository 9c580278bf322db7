import { instant } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { type About, entryId, type LogBody, type LogEntry } from '../../src/core/log';
import type { Writer } from '../../src/core/table';
import { east, entry, middle, west } from './builders';
import { flapped, Story } from './flapping-story';

const toldBefore = [
  'eu-west-1: PAGE shop is DOWN (confirmed)',
  'eu-west-1: RESOLVED shop is up again',
  'eu-west-1: PAGE shop is DOWN (confirmed)',
  'eu-west-1: RESOLVED shop is up again',
  'eu-west-1: PAGE shop is FLAPPING: 5 changes in 12 min',
];

describe('a page that the east told beside a storm that the west told as flapping', () => {
  const ofEast = (story: Story, body: LogBody, n = story.entries.length + 1): LogEntry => entry(body, { region: east, writer: east, n, at: story.now });
  const received = { kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' } as const;
  /** The east tells a change of the storm by itself, not knowing that it is one. */
  const beside = (over: Partial<About> = {}, story = flapped()): Story => {
    const incident = foldIncidents(story.entries).at(-1)!;
    const step = { ...aboutStep(incident, incident.transitions[0]!), ...over };
    story.entries.push(ofEast(story, { ...step, kind: 'announced', reason: 'others-stayed-silent', text: '' }));
    story.entries.push(ofEast(story, { ...step, ...received }));
    return story;
  };
  /** Whoever told that it flaps knew of this entry. */
  const knowing = (story: Story, known: LogEntry): Story => {
    const of = story.entries.findIndex(({ body }) => body.kind === 'receipt' && body.as === 'flapping');
    const told = story.entries[of]!;
    story.entries[of] = { ...told, body: { ...told.body, knows: [entryId(known)] } as LogBody };
    return story;
  };
  const again = 'us-east-2: PAGE shop is FLAPPING: 5 changes in 12 min';

  it('is followed by the same word from the east, once: its end is muted until it is calm', () => {
    const story = beside();
    expect(story.decisions(east).filter(({ kind }) => kind === 'say')).toMatchObject([{ reason: 'my-page-came-late', about: { as: 'flapping' } }]);
    for (const me of [west, middle]) expect(story.decisions(me).some(({ kind }) => kind !== 'silence')).toBe(false);
    expect(story.look().said).toEqual([...toldBefore, again]);
    expect(story.change('down', 3).change('well', 3).pass(5).said).toHaveLength(6);
  });

  it('is followed by its end as well, when it is calm', () => {
    expect(beside().look().pass(90).said.slice(5)).toEqual([again, 'eu-west-1: RESOLVED shop is up again']);
  });

  it('is a reminder just as well', () => {
    expect(beside({ as: 'reminder', minutes: 30 }).look().said.slice(5)).toEqual([again]);
  });

  it.each([
    ['that it flaps', { as: 'flapping' }],
    ['its end', { transition: 'resolved' }],
  ] as [string, Partial<About>][])('is followed by nothing more where the east has told %s after it', (_case, over) => {
    expect(beside(over, beside()).look().said).toHaveLength(5);
  });

  it.each([
    ['that very page', 0, false],
    ['a delivery that the east wrote down after it', 1, false],
    ['a delivery that it wrote down before it', -2, true],
  ])('where who told that it flaps knew of %s', (_case, later, isSaid) => {
    const story = beside();
    const page = story.entries.at(-1)!;
    const known = later === 0 ? page : { ...page, n: page.n + later, body: { ...page.body, level: 'delivered' } as LogBody };
    if (later !== 0) story.entries.splice(later < 0 ? -2 : story.entries.length, 0, known);
    expect(knowing(story, known).look().said.slice(5)).toEqual(isSaid ? [again] : []);
  });

  it('that was never recorded came before as well, where who told that it flaps knew of its receipt', () => {
    const story = beside();
    story.entries.splice(-2, 1);
    expect(knowing(story, story.entries.at(-1)!).look().said).toHaveLength(5);
  });

  it('is followed by that word where the east had told it before the page was received, though after it was recorded', () => {
    const late = beside({ as: 'flapping' }, beside());
    const [page] = late.entries.splice(-3, 1);
    late.entries.push({ ...page!, n: page!.n + 3 });
    expect(late.look().said.slice(5)).toEqual([again]);
  });

  it('is followed by nothing more where the east told its end, which knew of the page: that is dated ahead, and has no number at home', () => {
    const story = beside();
    const sent = story.entries.splice(-2).map((said): LogEntry => ({ ...said, writer: 'us-east-2@eu-west-1' as Writer, at: instant(said.at + 10 * minute) }));
    story.entries.push(...sent);
    beside({ transition: 'resolved' }, story);
    const end = story.entries.pop()!;
    story.entries.push({ ...end, body: { ...end.body, knows: [entryId(sent[1]!)] } as LogBody });
    expect(story.look().said).toHaveLength(5);
  });

  it('is followed by that word though a channel of the east has delivered the end that another region told', () => {
    const story = beside({ transition: 'resolved' }, beside());
    story.entries.splice(-2, 1);
    const [end] = story.entries.splice(-1, 1);
    story.entries.push({ ...end!, body: { ...end!.body, level: 'delivered', channel: 'chat' } as LogBody });
    expect(story.look().said.slice(5)).toEqual([again]);
  });

  it.each([
    ['that it flaps', { as: 'flapping' }],
    ['its end', { transition: 'resolved' }],
  ] as [string, Partial<About>][])('is followed by that word where it recorded %s, and sent nothing', (_case, over) => {
    const story = beside();
    beside(over, story).entries.pop();
    expect(story.decisions(east).some(({ reason }) => reason === 'being-sent')).toBe(over.as === 'flapping');
    expect(story.pass(2).said.slice(5)).toEqual([again]);
  });

  it('that is graver than all that was told needs no such word', () => {
    const story = new Story().change('flaky', 0).change('well', 3).change('flaky', 3).change('well', 3).change('flaky', 3);
    story.away.add(west).add(east).add(middle);
    story.change('down', 3);
    const incident = foldIncidents(story.entries).at(-1)!;
    const worse = aboutStep(incident, incident.transitions.at(-1)!);
    story.away.clear();
    expect(beside(worse, story).look().said).toHaveLength(5);
  });

  it('is followed by no word in a maintenance, but after it', () => {
    const story = beside();
    story.quiet = { from: story.now, to: instant(story.now + 5 * minute) };
    expect(story.pass(4).said).toHaveLength(5);
    expect(story.pass(2).said.slice(5)).toEqual([again]);
  });
});
