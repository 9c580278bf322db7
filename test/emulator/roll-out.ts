/** What a user runs around a deployment, as a user runs it: what would stop it, the landing of each region, the gate. */
import { join } from 'node:path';
import { projectFolder } from './cdk';
import { account, type Emulator } from './emulator';
import { lastWords, start } from './processes';
import { type Steps, until } from './steps';
import { regions, type World } from './world';

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
  return { code, text: lastWords(logFile, 100) };
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
  readonly number: number;
  readonly facts: readonly { readonly verdict: string; readonly said: string }[];
}

/** The rights bridge lets every function write every item, so what must be denied is not: the landing has to see that, too. */
export async function proveLanding(commands: Commands, world: World, steps: Steps): Promise<void> {
  const landed = await twinwatch(commands, 'landing', '--no-rights', '--json');
  const answer = readLanding(landed);
  const failed = answer?.facts.filter(({ verdict }) => verdict === 'fail').map(({ said }) => said) ?? [landed.text.slice(0, 500)];
  steps.fact('every region lands', landed.code === 0, landed.code === 0 ? `${answer?.facts.length} checks` : failed.slice(0, 3).join('; '));
  const arrived = () => regions.filter((region) => world.told.some(({ region: by, message }) => by === region && message.number === answer?.number));
  await until('the test messages at the receiver', 20, () => arrived().length === regions.length || undefined);
  steps.fact('the test message of every region arrives at the receiver, with its number', true, String(answer?.number));
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

export async function proveDoctor(commands: Commands, steps: Steps): Promise<void> {
  const said = await twinwatch(commands, 'doctor');
  steps.fact('the doctor finds nothing to do in what has just landed', said.code === 0, said.text.split('\n').slice(0, 3).join('; ').slice(0, 600));
}

function readLanding({ text }: Said): Landing | undefined {
  const line = text.split('\n').find((one) => one.startsWith('{'));
  return line === undefined ? undefined : (JSON.parse(line) as Landing);
}

const saidOf = ({ code, text }: Said): string => `${code}: ${text.split('\n')[0]?.slice(0, 160)}`;

/**
 * The roll-out itself, with the project's own cdk: every stack is as it should be, so nothing is changed. Where the bridge lets every function
 * write every item, the first region does not land, and the others are not touched.
 */
export async function proveDeploy(commands: Commands, steps: Steps): Promise<void> {
  const { code, text } = await twinwatch(commands, 'deploy', '--yes', '--times', '1', '--account', account);
  const [first, ...others] = regions;
  const [, stopped = text.slice(-600)] = /(Stopped at [\s\S]*)$/.exec(text) ?? [];
  const isStopped =
    code === 1 && stopped.includes(`landing of ${first}`) && others.every((region) => /not touched: .*/.exec(stopped)?.[0].includes(region) === true);
  steps.fact('the roll-out goes region by region, and stops at the one that does not land', isStopped, stopped.replaceAll('\n', ' ').slice(0, 300));
}
