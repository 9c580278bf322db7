import { parseCommand, replayCommand } from './command';

describe('the command line of the simulator', () => {
  it.each([
    [['--seeds', '200'], { kind: 'many', first: 1, last: 200, json: false }],
    [['--seeds', '7..9', '--json'], { kind: 'many', first: 7, last: 9, json: true }],
    [['--seeds', '7..9', '--jobs', '2'], { kind: 'many', jobs: 2 }],
    [['--seed', '4', '--hours', '2'], { kind: 'one', seed: 4, shape: { hours: 2 } }],
    [['--seed', '4', '--beat', '10'], { kind: 'one', shape: { beatMs: 10_000 } }],
    [['--seed', '4', '--only', '2,5', '--until', '00:12:30'], { kind: 'one', shape: { only: [2, 5], untilMs: 750_000 } }],
    [['--seed', '4', '--only', ''], { kind: 'one', shape: { only: [] } }],
    [['--seeds', '7..9', '--heavy', 'events,clocks'], { kind: 'many', shape: { heavy: ['events', 'clocks'] } }],
    [['--heavy', 'clocks,clocks'], { kind: 'many', shape: { heavy: ['clocks'] } }],
    [['--help'], { kind: 'help', usage: expect.stringContaining('usage: npm run sim') }],
    [['-h', '--seed', '4'], { kind: 'help' }],
    [['--mutants'], { kind: 'mutants', last: 200, jobs: 1 }],
    [[], { kind: 'many', first: 1, last: 200 }],
  ])('%j', (words, expected) => {
    expect(parseCommand(words)).toMatchObject(expected);
  });

  it.each([[['--seed', 'two']], [['--seeds', '1..x']], [['--sead', '1']], [['--seed', '']], [['--seed', '1', '--until', 'noon']]])(
    '%j is a mistake, and how it is done is said',
    (words) => {
      expect(parseCommand(words)).toMatchObject({ kind: 'mistake', what: expect.stringContaining('usage: npm run sim') });
    },
  );

  it.each([['clouds'], ['events,clouds'], [''], ['events,'], ['toString']])('refuses storms heavy with "%s", and names what there is', (groups) => {
    expect(parseCommand(['--heavy', groups])).toMatchObject({
      kind: 'mistake',
      what: expect.stringMatching(/^--heavy must name one or more of links, .*, not "(clouds|toString)?"\n/),
    });
  });

  it('names the command that shows a seed again, with all that shaped it', () => {
    expect(replayCommand(7, { hours: 2, beatMs: 10_000 })).toBe('npm run sim -- --seed 7 --hours 2 --beat 10');
    expect(replayCommand(7, { heavy: ['events', 'clocks'], beatMs: 60_000 })).toBe('npm run sim -- --seed 7 --beat 60 --heavy events,clocks');
    expect(replayCommand(7, { only: [2, 5], untilMs: 750_000 })).toBe('npm run sim -- --seed 7 --only 2,5 --until 00:12:30');
  });
});
