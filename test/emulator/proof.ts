/**
 * The deployment, proven on an AWS that we did not write: the project's own `cdk` deploys two probing regions and a witness into MiniStack, the
 * schedules run the functions there, a changed file is rolled out region by region, a broken target and a stopped prober are told to a real
 * receiver, and `cdk destroy` leaves nothing but the table.
 */
import '../quiet';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfirmSubscriptionCommand } from '@aws-sdk/client-sns';
import { readStacks } from './assembly';
import { build, type Removal, regionBridges, tableBridges } from './bridges';
import type { Place } from './bridges/bridge';
import { bootstrap, cdkOf, synth } from './cdk';
import { type Clients, createClients } from './clients';
import { emulatorLogName, startEmulator } from './emulator';
import { isLoopback } from './family';
import { installEmulator } from './installation';
import { type Frame, runProof } from './proof-frame';
import { proveRemoval } from './removal';
import { proveRestore } from './restore';
import { type Commands, proveDeploy, proveDoctor, proveGate, proveHurdles, proveLanding, proveWayIsFree } from './roll-out';
import { proveStory } from './story';
import { proveTableCalls } from './table-calls';
import { changed, openWorld, regions } from './world';

await runProof({
  name: 'emulator',
  emulatorLogName,
  limitMinutes: 10,
  prove,
  table: ({ done }) => [['step', 'seconds', 'as it must be'], ...done.map(({ name, seconds, isGood }) => [name, seconds.toFixed(1), isGood ? 'yes' : 'NO'])],
});

async function prove({ steps, folder, atEnd }: Frame): Promise<void> {
  let clients: Clients | undefined;
  const world = await openWorld(async (region, { TopicArn, Token }) => {
    await clients?.topics(region).send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  });
  atEnd(world.close);
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
  await steps.step('npm run deploy, of a file that was changed', async () => {
    await proveWayIsFree(commands, steps);
    writeFileSync(configFile, changed(world.configText));
    await proveDeploy({ commands, world, place, steps });
  });
  await steps.step('the landing where rights are evaluated, the gate, the doctor', async () => {
    await proveLanding(commands, steps);
    await proveGate(commands, steps, 'go');
    await proveDoctor(commands, steps);
  });
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
