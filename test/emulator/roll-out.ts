/** What a user runs around a deployment, as a user runs it: what would stop it, the landing of each region, the gate. */
import { join } from 'node:path';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Place } from './bridges/bridge';
import { projectFolder } from './cdk';
import { account, type Emulator } from './emulator';
import { lastWords, start } from './processes';
import { type Steps, until } from './steps';
import { regions, type World, witness } from './world';

export interface Commands {
  readonly emulator: Emulator;
  readonly configFile: string;
  readonly folder: string;
}

export interface Said {
  readonly code: number;
  readonly text: string;
}

let calls = 0;

/** With the configuration of the proof. */
export async function twinwatch({ emulator, configFile, folder }: Commands, ...words: readonly string[]): Promise<Said> {
  calls += 1;
  const logFile = join(folder, `command-${calls}.log`);
  const program = process.execPath;
  const run = start({
    program,
    words: ['bin/twinwatch.mjs', ...words, '--config', configFile],
    environment: emulator.environment,
    folder: projectFolder,
    logFile,
  });
  const code = await run.ended;
  return { code, text: lastWords(logFile, 2000) };
}

export async function proveHurdles(commands: Commands, steps: Steps): Promise<void> {
  const { code, text } = await twinwatch(commands, 'deploy', '--plan');
  const missing = regions.filter((region) => text.includes(`${region} is not bootstrapped for CDK: run \`npx cdk bootstrap aws://${account}/${region}\``));
  steps.fact(
    'before cdk bootstrap, deploy says which regions lack it, and begins nothing',
    code === 2 && missing.length === regions.length,
    saidOf({ code, text }),
  );
  const other = await twinwatch(commands, 'deploy', '--plan', '--account', '111122223333');
  steps.fact(
    'deploy refuses another account than the one that is meant',
    other.code === 2 && other.text.includes(`of account ${account}, and you asked for`),
    saidOf(other),
  );
}

export async function proveWayIsFree(commands: Commands, steps: Steps): Promise<void> {
  const { code, text } = await twinwatch(commands, 'deploy', '--plan');
  steps.fact(
    'with everything deployed, deploy finds nothing in its way',
    code === 0 && text.includes('deploy twinwatch-dashboard'),
    code === 0 ? undefined : saidOf({ code, text }),
  );
}

interface Landing {
  readonly facts: readonly { readonly verdict: string; readonly said: string }[];
}

/** The rights bridge lets every function write every item, so what must be denied is not: the landing has to see that. */
export async function proveLanding(commands: Commands, steps: Steps): Promise<void> {
  const strict = await twinwatch(commands, 'landing', '--region', regions[0], '--json');
  const refused = readLanding(strict)?.facts.filter(({ verdict }) => verdict === 'fail') ?? [];
  const isSeen = refused.length > 0 && refused.every(({ said }) => said.includes('is not kept from writing what belongs to'));
  steps.fact('a role that may write what belongs to others, as the bridge makes it, does not land', strict.code === 1 && isSeen, refused[0]?.said);
}

export async function proveGate(commands: Commands, steps: Steps, expected: 'go' | 'no-go'): Promise<void> {
  const said = await twinwatch(commands, 'gate', '--times', '2');
  const isSo = said.code === (expected === 'go' ? 0 : 1);
  steps.fact(expected === 'go' ? 'the gate says go' : 'the gate says no-go while the target is broken', isSo, saidOf(said));
}

/** A watch record tells for a minute what its watchdog saw before: of a prober that was the last to get its new configuration, it is skewed. */
export async function proveDoctor(commands: Commands, steps: Steps): Promise<void> {
  let said = await twinwatch(commands, 'doctor');
  for (let tries = 1; tries < 4 && said.code !== 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    said = await twinwatch(commands, 'doctor');
  }
  steps.fact('the doctor finds nothing to do in what has just landed', said.code === 0, said.text.split('\n').slice(0, 3).join('; ').slice(0, 600));
}

function readLanding({ text }: Said): Landing | undefined {
  const line = text.split('\n').find((one) => one.startsWith('{'));
  return line === undefined ? undefined : (JSON.parse(line) as Landing);
}

const saidOf = ({ code, text }: Said): string => `${code}: ${text.split('\n')[0]?.slice(0, 160)}`;

export interface RollOut {
  readonly commands: Commands;
  readonly world: World;
  readonly place: Place;
  readonly steps: Steps;
}

/** The roll-out as a whole, with the project's own cdk. What the rights bridge lets every function do is only noted: the next step looks at it. */
export async function proveDeploy({ commands, world, place, steps }: RollOut): Promise<void> {
  const before = await codeOf(place);
  const { code, text } = await twinwatch(commands, 'deploy', '--yes', '--times', '1', '--account', account, '--no-rights');
  const last = text.slice(text.lastIndexOf('\n== ')).replaceAll('\n', ' ').slice(0, 400);
  const done = [...text.matchAll(/^== \d+\/\d+ (.*)$/gm)].map(([, step = '']) => step);
  steps.fact('the roll-out goes region by region: its stack, its landing, its gate, and only then the next', code === 0 && done.join() === order.join(), last);
  const after = await codeOf(place);
  steps.fact(
    'every function of every region has the changed file beside it',
    [...after].every(([name, sha]) => sha !== before.get(name)),
    `${after.size} functions`,
  );
  const numbers = new Map([...text.matchAll(/^(\S+) has landed: test message (\d+)/gm)].map(([, region = '', number]) => [region, Number(number)]));
  steps.fact(
    'every region lands',
    regions.every((region) => numbers.has(region)),
    [...numbers.keys()].join(', '),
  );
  const arrived = () => regions.filter((region) => world.told.some(({ region: by, message }) => by === region && message.number === numbers.get(region)));
  await until('the test messages at the receiver', 20, () => arrived().length === regions.length || undefined);
  steps.fact('the test message of every region arrives at the receiver, with its number', true, [...numbers.values()].join(', '));
}

const order: readonly string[] = [
  'deploy twinwatch-home',
  ...regions.flatMap((region, index) => [
    `deploy twinwatch-${region}`,
    `landing of ${region}`,
    ...(region === witness ? [] : [`gate: ${regions.slice(0, index + 1).join(', ')}`]),
  ]),
  'deploy twinwatch-dashboard',
];

/** The hash of what is deployed of each function. */
async function codeOf({ clients }: Place): Promise<ReadonlyMap<string, string | undefined>> {
  const found = await Promise.all(
    regions.map(async (region) => {
      const { Functions: functions = [] } = await clients.lambda(region).send(new ListFunctionsCommand({}));
      const own = functions.filter(({ FunctionName: name }) => name?.startsWith('twinwatch-'));
      return own.map(({ FunctionName: name, CodeSha256: sha }) => [`${name} of ${region}`, sha] as const);
    }),
  );
  return new Map(found.flat());
}
