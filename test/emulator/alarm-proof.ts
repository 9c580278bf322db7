/**
 * The alarms, evaluated by a CloudWatch that we did not write: what `cdk synth` makes of them is taken by LocalEmu, a prober falls silent, the topic of
 * every region tells it to a real receiver, and its return. Sliding alarms of several kinds change when our own rules say, within what is explained in
 * docs/emulators.md. `--json` prints one JSON line; `--keep` leaves the logs. Exits with 77 where this machine lacks what it needs: skipped, and no success.
 */
import '../quiet';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columns } from '../../cli/drill/columns';
import { alarmEmulatorLogName, startAlarmEmulator } from './alarms/alarm-emulator';
import { type Beating, beat } from './alarms/beating';
import { deployAlarms, metricsOf, putCases } from './alarms/deployment';
import { type Compared, caseRegion, proveAlike, proveCalm, proveSilence, secondsText, silentMetric } from './alarms/story';
import { readStacks } from './assembly';
import { synth } from './cdk';
import { createClients } from './clients';
import { isLoopback } from './family';
import { installAlarmEmulator, Missing } from './installation';
import { endAll, lastWords } from './processes';
import { createSteps, failedOf, until } from './steps';
import { openWorld, regions, type World } from './world';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } } });
const limitMinutes = 8;
const skipped = 77;

const steps = createSteps((line) => (values.json ? console.error(line) : console.log(line)));
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'twinwatch-alarms-'));
const emulatorLog = join(folder, alarmEmulatorLogName);
let world: World | undefined;
let beating: Beating | undefined;
let rows: readonly Compared[] = [];

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
  let confirmed = 0;
  let endpoint = '';
  world = await openWorld(async (_region, { SubscribeURL: url = '' }) => {
    const answer = await fetch(`${endpoint}${new URL(url).pathname}${new URL(url).search}`);
    if (answer.ok) confirmed += 1;
  });
  const configFile = join(folder, 'twinwatch.yaml');
  writeFileSync(configFile, world.configText);
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
  beating = pulse;
  const alarms = await steps.step('the alarms, topics and subscriptions of every region', async () => {
    // An alarm that takes silence for a breach, and is made before there is a beat, fires here at once: there is no warm-up.
    await until('beats for two periods', 40, () => pulse.beatsOf(metricsOf(stacks)[0]!).length > 8 || undefined);
    const deployed = await deployAlarms(emulator, stacks);
    await putCases(clients, caseRegion, silentMetric(deployed));
    await until('the receiver to confirm its subscriptions', 30, () => confirmed >= regions.length || undefined);
    steps.fact('the receiver confirmed its subscriptions by the address that it was sent', true, `${confirmed}`);
    return deployed;
  });
  const story = { clients, world, beating: pulse, alarms, steps };
  await steps.step('everybody beats', () => proveCalm(story));
  rows = await steps.step('a prober falls silent, and comes back', () => proveSilence(story));
  await steps.step('sliding alarms of several kinds, beside our own rules', async () => proveAlike(rows, steps));
  const beyond = emulator.listeners().filter((address) => !isLoopback(address));
  steps.fact('nothing listens beyond loopback', beyond.length === 0 && emulator.listeners().length > 0, emulator.listeners().join(', '));
}

function report(failure?: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const failed = failedOf(steps.facts) + (failure === undefined ? 0 : 1);
  const passed = steps.facts.length - failedOf(steps.facts);
  if (failure !== undefined) steps.say(`FAILED: ${failure}`);
  if (failed > 0 && existsSync(emulatorLog)) steps.say(`the emulator's last words:\n${lastWords(emulatorLog)}`);
  if (values.json)
    console.log(
      JSON.stringify({ proof: 'alarms', ok: failed === 0, seconds, passed, failed, failure: failure ?? null, steps: steps.done, facts: steps.facts, rows }),
    );
  else {
    console.log(columns([['alarm', 'becomes', 'after', 'by our rules', 'OK again after', 'by our rules'], ...rows.map(rowOf)]));
    console.log(`${passed} passed, ${failed} failed, ${seconds} s`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

function rowOf({ name, state, alarm, recovery }: Compared): readonly string[] {
  return [name, state, ...[alarm.here, alarm.byOurRules, recovery.here, recovery.byOurRules].map(secondsText)];
}

function skip(reason: string): void {
  if (values.json) console.log(JSON.stringify({ proof: 'alarms', ok: false, skipped: reason }));
  else console.log(`SKIPPED: ${reason}`);
  process.exitCode = skipped;
}

function stop(why: string): void {
  report(why);
  void cleanUp().finally(() => process.exit(1));
}

async function cleanUp(): Promise<void> {
  await beating?.stop().catch(() => undefined);
  await endAll();
  await world?.close();
  if (values.keep) steps.say(`logs are kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
