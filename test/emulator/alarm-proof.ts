/**
 * The alarms, evaluated by a CloudWatch that we did not write: what `cdk synth` makes of them is taken by LocalEmu, a prober falls silent, the topic of
 * every region tells it to a real receiver, and its return. What names a channel reaches that one alone. Sliding alarms of several kinds change when our own rules say, within what is explained in
 * docs/emulators.md.
 */
import '../quiet';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmEmulatorLogName, startAlarmEmulator } from './alarms/alarm-emulator';
import { beat } from './alarms/beating';
import { deployAlarms, metricsOf, putCases } from './alarms/deployment';
import { proveFilters } from './alarms/filters';
import { type Compared, caseRegion, proveAlike, proveCalm, proveSilence, secondsText, silentMetric } from './alarms/story';
import { readStacks } from './assembly';
import { synth } from './cdk';
import { createClients } from './clients';
import { isLoopback } from './family';
import { installAlarmEmulator } from './installation';
import { type Frame, runProof } from './proof-frame';
import { until } from './steps';
import { channels, openWorld, regions } from './world';

let rows: readonly Compared[] = [];

await runProof({
  name: 'alarms',
  emulatorLogName: alarmEmulatorLogName,
  limitMinutes: 8,
  prove,
  more: () => ({ rows }),
  table: () => [['alarm', 'becomes', 'after', 'by our rules', 'OK again after', 'by our rules'], ...rows.map(rowOf)],
});

async function prove({ steps, folder, atEnd }: Frame): Promise<void> {
  let confirmed = 0;
  let endpoint = '';
  const world = await openWorld(async (_region, { SubscribeURL: url = '' }) => {
    const answer = await fetch(`${endpoint}${new URL(url).pathname}${new URL(url).search}`);
    if (answer.ok) confirmed += 1;
  });
  atEnd(world.close);
  const configFile = join(folder, 'twinwatch.yaml');
  writeFileSync(configFile, world.routedConfigText);
  const synthesised = synth(configFile, folder);
  // It is awaited below; until then a failure must not count as one that nobody looks at.
  synthesised.catch(() => undefined);
  const emulator = await steps.step('install the emulator, and start it', async () =>
    startAlarmEmulator(await installAlarmEmulator(folder, process.env), folder),
  );
  endpoint = emulator.endpoint;
  const clients = createClients(emulator);
  const stacks = readStacks(await steps.step('cdk synth (since the start)', () => synthesised));
  const pulse = beat(clients, regions, metricsOf(stacks));
  atEnd(pulse.stop);
  const alarms = await steps.step('the alarms, topics and subscriptions of every region', async () => {
    // An alarm that takes silence for a breach, and is made before there is a beat, fires here at once: there is no warm-up.
    await until('beats for two periods', 40, () => pulse.beatsOf(metricsOf(stacks)[0]!).length > 8 || undefined);
    const deployed = await deployAlarms(emulator, stacks);
    await putCases(clients, caseRegion, silentMetric(deployed));
    // Each channel in each region, at both topics.
    const wanted = regions.length * channels.length * 2;
    await until('the receiver to confirm its subscriptions', 30, () => confirmed >= wanted || undefined);
    steps.fact('the receiver confirmed its subscriptions by the address that it was sent', confirmed === wanted, `${confirmed}`);
    return deployed;
  });
  const story = { clients, world, beating: pulse, alarms, steps };
  await steps.step('each channel gets what its filter policy lets through', () => proveFilters({ clients, world, steps }));
  await steps.step('everybody beats', () => proveCalm(story));
  rows = await steps.step('a prober falls silent, and comes back', () => proveSilence(story));
  await steps.step('sliding alarms of several kinds, beside our own rules', async () => proveAlike(rows, steps));
  const beyond = emulator.listeners().filter((address) => !isLoopback(address));
  steps.fact('nothing listens beyond loopback', beyond.length === 0 && emulator.listeners().length > 0, emulator.listeners().join(', '));
}

function rowOf({ name, state, alarm, recovery }: Compared): readonly string[] {
  return [name, state, ...[alarm.here, alarm.byOurRules, recovery.here, recovery.byOurRules].map(secondsText)];
}
