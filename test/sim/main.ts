/** `npm run sim -- --seed N` tells one run; `--seeds A..B` runs many and checks every promise; `--mutants` tests the checkers. */
import { minute } from '../../src/core/basics/time';
import { type Command, parseCommand } from './command';
import { mutantsCaught, sayMutants } from './mutants-caught';
import { realEngine } from './real-engine';
import { runSeed } from './seed';
import { stormOf } from './storm';
import { sayStorm } from './storm-words';
import { tellStory } from './story';
import { serveTasks, workerWord } from './workers';

/** What was found, as words and as an object, and whether it is good. */
interface Answer {
  readonly words: () => string;
  readonly object: unknown;
  readonly isGood: boolean;
}

if (process.argv[2] === workerWord) serveTasks();
else await main(parseCommand(process.argv.slice(2)));

async function main(command: Command): Promise<void> {
  if (command.kind === 'mistake') {
    console.error(command.json ? JSON.stringify({ mistake: command.what }) : command.what);
    process.exitCode = 2;
    return;
  }
  const answer = await answerOf(command, command.json ? () => undefined : (line) => void process.stderr.write(line));
  console.log(command.json ? JSON.stringify(answer.object) : answer.words());
  process.exitCode = answer.isGood ? 0 : 1;
}

async function answerOf(command: Exclude<Command, { kind: 'mistake' }>, progress: (line: string) => void): Promise<Answer> {
  switch (command.kind) {
    case 'help':
      return { words: () => command.usage, object: { usage: command.usage }, isGood: true };
    case 'one':
      return story(command);
    case 'many': {
      const storm = await stormOf(command, progress);
      return { words: () => sayStorm(storm), object: storm, isGood: storm.violations.length === 0 && storm.unequal.length === 0 };
    }
    case 'mutants': {
      const caught = await mutantsCaught(command, progress);
      return { words: () => sayMutants(caught), object: { mutants: caught }, isGood: caught.every((one) => one.seed !== null) };
    }
  }
}

async function story({ seed, shape }: Extract<Command, { kind: 'one' }>): Promise<Answer> {
  const run = await runSeed({ ...shape, seed, engine: realEngine });
  const { faults, violations, hash, world, census } = run;
  const { watchStates } = census;
  const object = { seed, minutes: world.elapsedMs / minute, faults, announced: world.history.announced, watchStates, violations, hash };
  return { words: () => tellStory(run), object, isGood: violations.length === 0 };
}
