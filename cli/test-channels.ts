/** `twinwatch test-channels` and `twinwatch confirm`: whether everybody who is to be told can be reached, from every region. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { createFunctions, type Functions } from '../src/adapters/lambda/functions';
import type { RegionId } from '../src/core/basics/brand';
import { isKindOfSns } from '../src/core/config/channels/channel';
import { allRegions } from '../src/core/config/config';
import type { ChannelProof, ProveAnswer, ProveRequest } from '../src/engine/prove';
import { causeOf } from './deployed/cause';
import { readConfig, regionsNamed } from './deployed/config-of';
import { columns } from './drill/columns';
import { CannotAsk, getJson, readPort } from './local-http';

export interface TestOptions {
  readonly config: string;
  /** Of the system on this machine. */
  readonly port?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean;
}

interface ConfirmOptions extends TestOptions {
  readonly channel: string;
}

const more = `
Each region sends a test with the same number to every channel. Of those that the relay serves it is known at once whether
they took it. Of the others only a person knows: twinwatch confirm NUMBER --channel NAME.
Your own AWS credentials need lambda:InvokeFunction; with --port they are not asked for, and what runs on this machine is.

Exit code: 0 every channel of the relay took it, 1 one did not, 2 it could not be sent.`;

const moreOfConfirm = `
A channel of which somebody has said so counts as proven for a week.
Your own AWS credentials need lambda:InvokeFunction; with --port they are not asked for, and what runs on this machine is.

Exit code: 0 written down, 2 there is no such test or channel, or nobody answers.`;

export function registerTestChannels(program: Command): void {
  const common = (command: Command): Command =>
    command
      .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
      .option('--port <n>', 'of the system on this machine: where its page is, as in 4300')
      .option('--region <names>', 'these regions alone, with commas between them (default: all)')
      .option('--json', 'print one JSON object');
  common(program.command('test-channels').description('send a numbered test to every channel, and see which took it'))
    .addHelpText('after', more)
    .action(async (options: TestOptions) => show(await testChannels(options)));
  common(program.command('confirm').description('say that a numbered test has come').argument('<number>', 'the number in the message'))
    .requiredOption('--channel <name>', 'where it came')
    .addHelpText('after', moreOfConfirm)
    .action(async (number: string, options: ConfirmOptions) => show(await confirmTest(number, options)));
}

export interface Proved {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

function show({ text, exitCode }: Proved): void {
  (exitCode === 2 ? process.stderr : process.stdout).write(text);
  process.exitCode = exitCode;
}

/** What stands in for AWS and for time in tests. */
export interface Asking {
  readonly functions: Pick<Functions, 'ask'>;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

const inAws: Asking = { functions: createFunctions(), sleep: (ms) => sleep(ms), now: () => Date.now() };

/** The relay tries for less than a minute. */
const looks = 30;
const pauseMs = 2000;

export async function testChannels(options: TestOptions, asking: Asking = inAws): Promise<Proved> {
  return orCannotAsk(async () => {
    const { regions, ...asked } = await askedOf(options, asking);
    // Four digits, so that it can be said on the telephone.
    const number = 1000 + (Math.floor(asking.now() / 1000) % 9000);
    let answers = await askAll(asked, regions, { number, send: true });
    for (let look = 0; look < looks && answers.some(isWaiting); look += 1) {
      await asking.sleep(pauseMs);
      answers = (await askAll(asked, regions, { number })).map((answer, index) => ({ ...answer, trouble: answers[index]?.trouble }));
    }
    const isGood = answers.every((answer) => answer.trouble === undefined && answer.channels.every(isFine));
    return { text: options.json === true ? `${JSON.stringify({ number, regions: answers })}\n` : testText(number, answers), exitCode: isGood ? 0 : 1 };
  });
}

export async function confirmTest(number: string, options: ConfirmOptions, asking: Asking = inAws): Promise<Proved> {
  return orCannotAsk(async () => {
    if (!/^[1-9]\d{0,8}$/.test(number)) throw new CannotAsk(`"${number}" is no number of a test; it stands in the message: TEST 1234`);
    const { regions, ...asked } = await askedOf(options, asking);
    const answers = await askAll(asked, regions, { number: Number(number), confirm: options.channel });
    const took = answers.filter(({ trouble }) => trouble === undefined);
    if (took.length === 0) throw new CannotAsk(answers.map(({ trouble }) => trouble).join('; '));
    const where = took.map(({ region }) => region).join(', ');
    const text =
      options.json === true
        ? JSON.stringify({ number: Number(number), regions: answers })
        : `${options.channel} is proven for a week, as the topics of ${where} reach it`;
    return { text: `${text}\n`, exitCode: 0 };
  });
}

interface Asked extends Pick<Asking, 'functions'> {
  readonly regions: readonly RegionId[];
}

async function askedOf({ config: file, port, region }: TestOptions, { functions }: Asking): Promise<Asked> {
  if (port !== undefined) return onThisMachine(port, region);
  const config = await readConfig(file);
  if (config.channels.length === 0) throw new CannotAsk(`${file} has no channels: nobody is told anything; add some under channels:`);
  return { functions, regions: regionsNamed(region, allRegions(config.regions)) };
}

interface LocalView {
  readonly regions: readonly { readonly name: RegionId; readonly port: number }[];
}

async function onThisMachine(port: string, region: string | undefined): Promise<Asked> {
  const { regions } = await getJson<LocalView>(readPort(port), '/api/local');
  const ports = new Map(regions.map((one) => [one.name, one.port] as const));
  return { functions: createFunctions((name) => `http://127.0.0.1:${ports.get(name)}`), regions: regionsNamed(region, [...ports.keys()]) };
}

function askAll({ functions }: Pick<Asking, 'functions'>, regions: readonly RegionId[], prove: ProveRequest): Promise<ProveAnswer[]> {
  return Promise.all(
    regions.map(async (region) => {
      try {
        return (await functions.ask(region, 'watchdog', { prove })) as ProveAnswer;
      } catch (error) {
        throw new CannotAsk(causeOf(error, `the watchdog of ${region}`, region));
      }
    }),
  );
}

const isOfRelay = ({ kind }: ChannelProof): boolean => !isKindOfSns(kind);
const isWaiting = ({ channels }: ProveAnswer): boolean => channels.some((one) => isOfRelay(one) && one.how === 'waiting');
const isFine = (one: ChannelProof): boolean => one.how === 'delivered' || one.how === 'confirmed' || !isOfRelay(one);

function testText(number: number, answers: readonly ProveAnswer[]): string {
  const rows = answers.flatMap(({ region, trouble, channels }) =>
    trouble === undefined ? channels.map((one) => [region, one.channel, saidOf(one, number)]) : [[region, '', `NOT SENT: ${trouble}`]],
  );
  return `test ${number}\n${columns(rows)}\n`;
}

function saidOf({ channel, kind, how, why = '' }: ChannelProof, number: number): string {
  if (how === 'failed') return `FAILED: ${why}`;
  if (how !== 'waiting') return how;
  return isKindOfSns(kind)
    ? `look whether it came, then: twinwatch confirm ${number} --channel ${channel}`
    : 'NOTHING HEARD of it: is the relay there? See its log';
}

async function orCannotAsk(work: () => Promise<Proved>): Promise<Proved> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}
