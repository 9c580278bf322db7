import fc from 'fast-check';
import { instant, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type Condition, rowOf } from '../../src/core/condition';
import { stormsIn } from '../../src/core/flapping';
import { foldIncidents } from '../../src/core/incident';
import { wordsFor } from '../../src/core/message/message';
import { turnMs } from '../../src/core/speaker';
import { east, entry, middle, opened, west } from './builders';
import { begins, flapped, regions, Story } from './flapping-story';

const toldBefore = [
  'eu-west-1: PAGE shop is DOWN (confirmed)',
  'eu-west-1: RESOLVED shop is up again',
  'eu-west-1: PAGE shop is DOWN (confirmed)',
  'eu-west-1: RESOLVED shop is up again',
];
const flapping = 'eu-west-1: PAGE shop is FLAPPING: 5 changes in 12 min';
const resolvedText = 'eu-west-1: RESOLVED shop is up again';

describe('a monitor that goes to and fro', () => {
  it('is told once as flapping, in place of the change that was too much, and of nothing after it', () => {
    const story = flapped();
    expect(story.said).toEqual([...toldBefore, flapping]);
    expect(story.reasons()).toEqual(['told', 'told', 'told', 'told', 'told', 'muted-while-flapping', 'muted-while-flapping', 'muted-while-flapping']);
  });

  it('has its last change told when it was calm for half an hour and its score is low', () => {
    const story = flapped();
    expect(story.pass(50).said).toEqual([...toldBefore, flapping]);
    expect(story.pass(30).said).toEqual([...toldBefore, flapping, resolvedText]);
    expect(story.pass(600).said).toHaveLength(6);
    expect(story.change('down', 1).said.at(-1)).toBe('eu-west-1: PAGE shop is DOWN (confirmed)');
  });

  it('that is down at last is paged as down when it was calm', () => {
    const story = flapped().change('down', 3).pass(90);
    expect(story.said).toEqual([...toldBefore, flapping, 'eu-west-1: PAGE shop is DOWN (confirmed)']);
    expect(story.change('well', 5).said.at(-1)).toBe(resolvedText);
  });

  it('and stops with the change that was told as flapping has that change told by itself', () => {
    const story = new Story().change('down', 0).change('well', 3).change('down', 3).change('well', 3).change('down', 3).pass(90);
    expect(story.said).toEqual([...toldBefore, flapping, 'eu-west-1: PAGE shop is DOWN (confirmed)']);
  });

  it('slowly is told each time', () => {
    const story = new Story();
    for (let count = 0; count < 12; count += 1) story.change(count % 2 === 0 ? 'down' : 'well', 25);
    expect(story.said).toHaveLength(12);
    expect(story.said.join()).not.toContain('FLAPPING');
  });

  it('and becomes graver than it was told to be wakes somebody all the same', () => {
    const story = new Story().change('flaky', 0).change('well', 3).change('flaky', 3).change('well', 3).change('flaky', 3);
    expect(story.said.at(-1)).toBe('eu-west-1: TICKET shop is FLAPPING: 5 changes in 12 min');
    expect(story.change('down', 3).said.at(-1)).toBe('eu-west-1: PAGE shop is DOWN (worsened, confirmed)');
    expect(story.change('well', 3).said).toHaveLength(6);
  });

  it('again after a calm is told again', () => {
    const story = flapped().pass(200);
    const before = story.said.length;
    expect(
      flapped(story)
        .said.slice(before)
        .filter((text) => text.includes('FLAPPING')),
    ).toHaveLength(1);
  });

  it('says so to programs', () => {
    const story = new Story().change('down', 0).change('well', 1).change('down', 1).change('well', 1);
    story.away.add(west).add(east).add(middle);
    story.change('down', 1);
    const say = story.decisions(west).at(-1)!;
    expect(say).toMatchObject({ kind: 'say', reason: 'flapping', flaps: { changes: 5, withinMs: 4 * minute }, about: { as: 'flapping', severity: 'page' } });
    const incident = foldIncidents(story.entries).at(-1)!;
    const flaps = say.kind === 'say' ? say.flaps : undefined;
    const words = wordsFor({ incident, transition: incident.transitions.at(-1)!, flaps, reason: 'flapping', by: west, now: story.now });
    expect(JSON.parse(words.json)).toMatchObject({ kind: 'changed', condition: 'flapping', changes: 5, key: 'shop:availability', severity: 'page' });
    expect(words.text).toContain('\nmuted: ');
  });
});

it('the dead-man\u2019s switch is never muted', () => {
  const story = new Story('watch');
  for (let count = 0; count < 12; count += 1) story.change(count % 2 === 0 ? 'silent' : 'well', 2);
  expect(story.said).toHaveLength(12);
});

describe('the other regions', () => {
  const untold = (): Story => {
    const story = new Story().change('down', 0).change('well', 3).change('down', 3).change('well', 3);
    story.away.add(west);
    return story.change('down', 3);
  };

  it('say it in their turn when nobody else does, once', () => {
    const story = untold();
    expect(story.said).toHaveLength(4);
    expect(story.pass((3 * turnMs) / minute).said.slice(4)).toEqual([expect.stringMatching(/FLAPPING: 5 changes in 12 min$/)]);
    expect(story.pass(10).said).toHaveLength(5);
  });

  it('are silenced by a receipt of it, whichever change of the storm it is about by now', () => {
    const story = flapped();
    for (const me of [east, middle]) expect(story.decisions(me).some(({ kind }) => kind !== 'silence')).toBe(false);
  });

  it('wait their turn from when it is calm, not from when the last change was written', () => {
    const story = flapped();
    const last = story.entries.findLast(({ body }) => body.kind === 'resolved')!;
    story.entries.push(entry(last.body, { region: east, n: 999, at: last.at }));
    story.away.add(west);
    const silent = (): boolean => story.said.length === 5;
    while (silent() && story.now < begins + 200 * minute) story.pass(10 / 60).look();
    const calmAt =
      stormsIn(foldIncidents(story.entries), { now: story.now, wasTold: () => false, wasQuiet: () => false })
        .values()
        .next().value?.calmAt ?? Number.NaN;
    expect(story.said).toHaveLength(6);
    expect(story.now - calmAt).toBeGreaterThanOrEqual(turnMs);
    expect(story.now - calmAt).toBeLessThanOrEqual(turnMs + 10 * second);
  });
});

describe('what comes to light late', () => {
  it('does not bring back what was passed over, and no second page', () => {
    const story = flapped();
    const late = entry(opened({ evidence: { [west]: slotAt(begins / second), [east]: slotAt(begins / second) }, speaker: east }), {
      region: east,
      n: 900,
      at: instant(begins + 2 * minute),
    });
    for (const me of regions) {
      const due = story.decisions(me, [...story.entries, late]).filter(({ kind }) => kind === 'say');
      expect(due).toEqual([]);
    }
  });

  it('keeps a storm that was told a storm, even where fewer changes are left of it', () => {
    const story = flapped();
    const early = story.entries.filter(({ body }) => body.kind === 'resolved').slice(0, 2);
    const fewer = story.entries.filter((item) => !early.includes(item));
    expect(foldIncidents(fewer).flatMap(({ transitions }) => transitions)).toHaveLength(4);
    expect(story.decisions(west, fewer).filter(({ kind }) => kind === 'say')).toEqual([]);
  });

  it('does not tell the end of a storm after something newer', () => {
    const story = flapped();
    story.away.add(west).add(east).add(middle);
    story.pass(300).change('down', 0);
    const due = story.decisions(west).flatMap((decision) => (decision.kind === 'say' ? [decision.about] : []));
    expect(due).toMatchObject([{ transition: 'opened', condition: 'down' }]);
  });

  it('gives no page of a storm that is long over', () => {
    const story = new Story();
    story.away.add(west).add(east).add(middle);
    flapped(story).pass(300);
    const due = story.decisions(west).flatMap((decision) => (decision.kind === 'say' ? [decision.about] : []));
    expect(due).toMatchObject([{ transition: 'resolved' }]);
    expect(due[0]).not.toHaveProperty('as');
  });
});

describe('whatever changes, and whenever', () => {
  const changes = fc.array(
    fc.record({ to: fc.constantFrom<Condition | 'well'>('well', 'well', 'down', 'partial'), after: fc.constantFrom(1, 2, 10, 40, 100) }),
    {
      maxLength: 14,
    },
  );
  const played = (drawn: readonly { readonly to: Condition | 'well'; readonly after: number }[]): Story => {
    const story = new Story();
    let last: Condition | 'well' = 'well';
    for (const { to, after } of drawn) {
      if (to === last) continue;
      story.pass(after);
      story.change(to, 0);
      last = to;
    }
    return story;
  };

  it('when it is calm the last word is what is, once, and the logs decide in any order', () => {
    fc.assert(
      fc.property(changes, fc.integer(), (drawn, seed) => {
        const story = played(drawn).pass(200);
        const last = foldIncidents(story.entries).at(-1)?.transitions.at(-1);
        if (last !== undefined) {
          const word = last.kind === 'resolved' ? 'RESOLVED' : rowOf(last.condition).opened;
          expect(story.said.at(-1)).toContain(word);
        }
        const shuffled = [...story.entries].sort((one, other) => ((one.n * 7919 + seed) % 101) - ((other.n * 7919 + seed) % 101));
        for (const me of regions) expect(story.decisions(me, shuffled)).toEqual(story.decisions(me));
        expect(story.decisions(west).filter(({ kind }) => kind !== 'silence')).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('is told as flapping at most once between two calms', () => {
    fc.assert(
      fc.property(changes, (drawn) => {
        const story = played(drawn);
        const storms = new Set(stormsIn(foldIncidents(story.entries), { now: story.now, wasTold: () => false, wasQuiet: () => false }).values());
        expect(story.said.filter((text) => text.includes('FLAPPING')).length).toBe(storms.size);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a monitor that goes to and fro in a maintenance', () => {
  /** Down and up again five times within twelve minutes, in a maintenance that then goes on for a minute. */
  const story = (last: 'down' | 'well'): Story => {
    const found = new Story();
    found.quiet = { from: begins, to: instant(begins + 13 * minute) };
    for (const to of ['down', 'well', 'down', 'well'] as const) found.change(to, 3);
    return last === 'down' ? found.change('down', 0.5) : found;
  };

  it('is paged as down when that is over and it is down, as if it had broken then', () => {
    expect(story('down').said).toEqual([]);
    expect(story('down').pass(2).said).toEqual(['eu-west-1: PAGE shop is DOWN (confirmed)']);
    expect(story('down').pass(2).change('well', 5).said.at(-1)).toBe(resolvedText);
  });

  it('is not told where it is up by then, and its next outage is', () => {
    expect(story('well').pass(5).said).toEqual([]);
    expect(story('well').pass(5).change('down', 1).said).toEqual(['eu-west-1: PAGE shop is DOWN (confirmed)']);
  });

  /** Found by the storm 84456: what a fast clock had stamped made all that came after it seem to be later than the maintenance. */
  it('is paged when that is over, also where the clock of who wrote one of the changes was ahead of its end', () => {
    const found = new Story();
    found.quiet = { from: begins, to: instant(begins + 13 * minute) };
    found.change('partial', 0).change('down', 1);
    const ahead = found.entries.findIndex(({ body }) => body.kind === 'changed');
    found.entries[ahead] = { ...found.entries[ahead]!, at: instant(found.now + 13 * minute) };
    for (const to of ['partial', 'down', 'partial', 'down', 'partial', 'down'] as const) found.change(to, 1);
    expect(found.said).toEqual([]);
    expect(new Set(found.pass(8).said)).toEqual(new Set(['eu-west-1: PAGE shop is DOWN (worsened, confirmed)']));
    expect(found.change('well', 5).said.at(-1)).toBe(resolvedText);
  });

  it('has its end told at once where its beginning was told before', () => {
    const found = new Story().change('partial', 0);
    found.quiet = { from: instant(found.now + minute), to: instant(found.now + 13 * minute) };
    for (const to of ['down', 'partial', 'down', 'partial', 'down', 'partial', 'down'] as const) found.change(to, 1.5);
    found.pass(2).change('well', 1);
    expect(found.said.at(-1)).toBe(resolvedText);
    expect(found.said.join()).not.toContain('FLAPPING');
  });
});
