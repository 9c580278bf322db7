/** `npm run sim -- --seed N` tells one run; `--seeds A..B` runs many and checks every promise. */
import { minute } from '../../src/core/basics/time';
import { parseCommand } from './command';
import { realEngine } from './real-engine';
import { runSeed } from './seed';
import { sayStorm, stormOf } from './storm';
import { tellStory } from './story';

const command = parseCommand(process.argv.slice(2));

switch (command.kind) {
  case 'mistake':
    console.error(command.what);
    process.exitCode = 2;
    break;
  case 'one': {
    const run = await runSeed({ ...command.settings, seed: command.seed, engine: realEngine });
    const summary = {
      seed: run.seed,
      minutes: run.world.elapsedMs / minute,
      faults: run.faults,
      announced: run.world.history.announced,
      violations: run.violations,
    };
    console.log(command.json ? JSON.stringify({ ...summary, hash: run.hash }) : tellStory(run));
    process.exitCode = run.violations.length === 0 ? 0 : 1;
    break;
  }
  case 'many': {
    const storm = await stormOf(command, command.json ? () => undefined : (line) => process.stdout.write(line));
    console.log(command.json ? JSON.stringify(storm) : sayStorm(storm));
    process.exitCode = storm.violations.length === 0 && storm.unequal.length === 0 ? 0 : 1;
    break;
  }
}
