/**
 * The deployment, proven on an AWS that we did not write: the project's own `cdk` deploys two probing regions and a witness into MiniStack, the
 * schedules run the functions there, a broken target and a stopped prober are told to a real receiver, and `cdk destroy` leaves nothing but the
 * table. `--json` prints one JSON line; `--keep` leaves the logs. Exits with 77 where this machine lacks what it needs: skipped, and no success.
 */
import '../quiet';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfirmSubscriptionCommand } from '@aws-sdk/client-sns';
import { columns } from '../../cli/drill/columns';
import { readStacks } from './assembly';
import { build, type Removal, regionBridges, tableBridges } from './bridges';
import type { Place } from './bridges/bridge';
import { bootstrap, cdkOf, synth } from './cdk';
import { type Clients, createClients } from './clients';
import { emulatorLogName, startEmulator } from './emulator';
import { isLoopback } from './family';
import { installEmulator, Missing } from './installation';
import { endAll, lastWords } from './processes';
import { proveRemoval } from './removal';
import { proveRestore } from './restore';
import { type Commands, proveDeploy, proveDoctor, proveGate, proveHurdles, proveLanding, proveWayIsFree } from './roll-out';
import { createSteps, failedOf } from './steps';
import { proveStory } from './story';
import { proveTableCalls } from './table-calls';
import { openWorld, regions, type World } from './world';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } } });
const limitMinutes = 8;
const skipped = 77;

const steps = createSteps((line) => (values.json ? console.error(line) : console.log(line)));
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'twinwatch-emulator-'));
const emulatorLog = join(folder, emulatorLogName);
let world: World | undefined;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => void cleanUp().finally(() => process.exit(130)));
process.once('uncaughtException', (error) => stop(error.message));
setTimeout(() => stop(`the whole took longer than ${limitMinutes} min`), limitMinutes * 60_000).unref();

try {
  await prove();
  report();
} catch (error) {
  if (error instanceof Missing) skip(error.message);
  else report(error instanceof Error ? error.message : String(error));
} finally {
  await cleanUp();
}

async function prove(): Promise<void> {
  let clients: Clients | undefined;
  world = await openWorld(async (region, { TopicArn, Token }) => {
    await clients?.topics(region).send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  });
  const configFile = join(folder, 'twinwatch.yaml');
  writeFileSync(configFile, world.configText);
  const synthesised = synth(configFile, folder);
  // It is awaited below; until then a failure must not count as one that nobody looks at.
  synthesised.catch(() => undefined);
  const emulator = await steps.step('install the emulator, and start it', async () => startEmulator(await installEmulator(folder, process.env), folder));
  clients = createClients(emulator);
  const commands: Commands = { emulator, configFile, folder };
  await steps.step('what would stop a deployment, said before it begins', () => proveHurdles(commands, steps));
  await steps.step('cdk bootstrap', () => bootstrap(emulator, regions, folder));
  const assembly = await steps.step('cdk synth (since the start)', () => synthesised);
  const place: Place = { emulator, clients, stacks: readStacks(assembly) };
  const cdk = cdkOf(emulator, assembly, folder);
  const [home = ''] = place.stacks.map(({ name }) => name);
  const ofTable = await steps.step('cdk deploy, the table', async () => {
    await cdk.deploy(home);
    return build(tableBridges, place, steps.say);
  });
  const ofRegions = await steps.step('cdk deploy --all', async () => {
    await cdk.deploy('--all');
    return build(regionBridges, place, steps.say);
  });
  const calls = proveTableCalls(emulator, folder);
  await proveRollOut(commands, world);
  await steps.step('npm run deploy', () => proveDeploy(commands, steps));
  await proveStory({ place, world, steps, whileBroken: () => proveGate(commands, steps, 'no-go') });
  await steps.step('every call of a table, as with the embedded engines (since the deployment)', async () => {
    const { isGood, words } = await calls;
    steps.fact('the contract of a replica holds on the table of the emulator', isGood, words);
  });
  const beyond = emulator.listeners().filter((address) => !isLoopback(address));
  steps.fact('nothing listens beyond loopback', beyond.length === 0 && emulator.listeners().length > 0, emulator.listeners().join(', '));
  await proveRestore({ commands, clients, steps });
  const removals: readonly Removal[] = [...ofRegions, ...ofTable];
  await proveRemoval({ place, steps, removals, cdk });
}

async function proveRollOut(commands: Commands, deployed: World): Promise<void> {
  await steps.step('the landing of every region, and the gate', async () => {
    await proveWayIsFree(commands, steps);
    await proveLanding(commands, deployed, steps);
    await proveGate(commands, steps, 'go');
    await proveDoctor(commands, steps);
  });
}

function report(failure?: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const failed = failedOf(steps.facts) + (failure === undefined ? 0 : 1);
  const passed = steps.facts.length - failedOf(steps.facts);
  if (failure !== undefined) steps.say(`FAILED: ${failure}`);
  if (failed > 0 && existsSync(emulatorLog)) steps.say(`the emulator's last words:\n${lastWords(emulatorLog)}`);
  if (values.json)
    console.log(
      JSON.stringify({ proof: 'emulator', ok: failed === 0, seconds, passed, failed, failure: failure ?? null, steps: steps.done, facts: steps.facts }),
    );
  else {
    console.log(
      columns([['step', 'seconds', 'as it must be'], ...steps.done.map(({ name, seconds: took, isGood }) => [name, took.toFixed(1), isGood ? 'yes' : 'NO'])]),
    );
    console.log(`${passed} passed, ${failed} failed, ${seconds} s`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

function skip(reason: string): void {
  if (values.json) console.log(JSON.stringify({ proof: 'emulator', ok: false, skipped: reason }));
  else console.log(`SKIPPED: ${reason}`);
  process.exitCode = skipped;
}

function stop(why: string): void {
  report(why);
  void cleanUp().finally(() => process.exit(1));
}

async function cleanUp(): Promise<void> {
  await endAll();
  await world?.close();
  if (values.keep) steps.say(`logs are kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
