import { parseCommand, replayCommand } from './command';

describe('the command line of the simulator', () => {
  it.each([
    [['--seeds', '200'], { kind: 'many', first: 1, last: 200, json: false }],
    [['--seeds', '7..9', '--json'], { kind: 'many', first: 7, last: 9, json: true }],
    [['--seed', '4', '--hours', '2'], { kind: 'one', seed: 4, settings: { hours: 2 } }],
    [['--seed', '4', '--beat', '10'], { kind: 'one', settings: { beatMs: 10_000 } }],
    [[], { kind: 'many', first: 1, last: 200 }],
  ])('%j', (words, expected) => {
    expect(parseCommand(words)).toMatchObject(expected);
  });

  it.each([[['--seed', 'two']], [['--seeds', '1..x']], [['--sead', '1']], [['--seed', '']]])('%j is a mistake, and how it is done is said', (words) => {
    expect(parseCommand(words)).toMatchObject({ kind: 'mistake', what: expect.stringContaining('usage: npm run sim') });
  });

  it('names the command that shows a seed again, with all that shaped it', () => {
    expect(replayCommand(7, { hours: 2, monitors: undefined, beatMs: 10_000, keepsNotes: false })).toBe('npm run sim -- --seed 7 --hours 2 --beat 10');
  });
});
