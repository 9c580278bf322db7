import { createDiary } from '../../src/adapters/diary';
import { instant } from '../../src/core/basics/brand';

const at = instant(Date.parse('2026-11-21T04:02:00Z'));

function written(what: string, facts: Readonly<Record<string, unknown>>): unknown {
  const lines: string[] = [];
  createDiary({ clock: { now: () => at }, invocation: 'run-1', write: (line) => lines.push(line) }).note(what, facts);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  return JSON.parse(lines[0]!);
}

describe('a note', () => {
  it('is one line of JSON with its time, its facts and the run that wrote it', () => {
    expect(written('beat written', { covered: 3, level: 'warn', why: 'two\nlines' })).toEqual({
      at: '2026-11-21T04:02:00.000Z',
      what: 'beat written',
      covered: 3,
      level: 'warn',
      why: 'two\nlines',
      invocation: 'run-1',
    });
  });

  it('shows errors, bytes, maps and sets', () => {
    const facts = { error: new TypeError('no'), bytes: new Uint8Array(3), map: new Map([['a', 1n]]), set: new Set([1]) };
    expect(written('odd', facts)).toMatchObject({ error: { name: 'TypeError', message: 'no' }, bytes: '3 bytes', map: { a: '1' }, set: [1] });
  });

  it('keeps its own words when a fact has the same name', () => {
    expect(written('truth', { what: 'lie', at: 0, invocation: 'other' })).toMatchObject({ what: 'truth', at: '2026-11-21T04:02:00.000Z', invocation: 'run-1' });
  });

  it('that cannot be written down says so and stops nobody', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(written('circle', { circle })).toMatchObject({ what: 'circle', unwritable: expect.stringContaining('circular') });
  });
});
