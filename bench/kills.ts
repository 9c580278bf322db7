/**
 * kill -9 of any one process of the local system, at any moment, again and again, while its targets are really down by turns. Then all must be
 * calm by itself, nothing lost that was acknowledged, every long outage told, and nothing told more often than promised. A system of its own.
 * Options: --kills 200, --seed 1, --json. Exits with 1 when something is not as it must be.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import { second } from '../src/core/basics/time';
import { Random } from './deadman/random';
import { waitForCalm } from './kills/calm';
import { startKillableSystem } from './kills/killable-system';
import { type Kill, killAgainAndAgain } from './kills/killing';
import { openLedger } from './kills/ledger';
import { openLittleWorld } from './kills/little-world';
import { burdenOf, isRunning, nameOf, type Process, processesOf } from './kills/processes';
import { type KillsResult, rowsOf } from './kills/result';
import { watchReturns } from './kills/returns';
import { outagesTold, toldOf } from './kills/told';
import { watchOver } from './kills/user';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});

/** Each of its processes keeps connections open to all the others; how many, shows only after a while. */
const filesOfPools = 100;
const random = new Random(Number(values.seed));
const world = await openLittleWorld();
const system = await startKillableSystem(world);
const everSeen = new Map<string, Process>();
const result = await run().catch(async (error: Error) => ({ wrong: [`the bench could not go on: ${error.stack}`], kills: 0 }));
await system.stop();
await pause(2 * second);
const leftBehind = [...[...everSeen.values()].filter(isRunning), ...processesOf(undefined, system.folder)].map(
  (left) => `${nameOf(left)} with pid ${left.pid} still runs after the stop`,
);
world.close();
const wrong = [...result.wrong, ...leftBehind];
if (wrong.length === 0) system.clearAway();
if (values.json)
  console.log(
    JSON.stringify({ bench: 'kills', ok: wrong.length === 0, seed: Number(values.seed), ...result, wrong, processesSeen: everSeen.size }, undefined, 1),
  );
else show();
process.exitCode = wrong.length === 0 ? 0 : 1;

async function run(): Promise<KillsResult> {
  const ledger = openLedger(system);
  const before = await waitForCalm(system);
  if (before.wrong.length > 0) throw new Error(`it was never calm: ${before.wrong.join('; ')}`);
  const burdenBefore = burdens();
  const user = watchOver(system);
  const returns = watchReturns(system);
  world.beginOutages(random);
  const kills = await killAgainAndAgain({ system, random, times: Number(values.kills), onProcess: note, onKill: returns.onKill });
  const outages = world.mendAll();
  const calm = await waitForCalm(system);
  // What was accepted at last may still be on its way.
  await pause(25 * second);
  await Promise.all([user.leave(), ledger.stopReading()]);
  returns.stop();
  const loss = await ledger.compare();
  const told = toldOf(world.received, ledger.entries());
  const outage = outagesTold(outages, world.received);
  const burden = { before: burdenBefore, after: burdens() };
  const { darknesses, complaints } = user;
  const wrongs = [
    ...calm.wrong,
    ...complaints,
    ...darknesses.flatMap(({ region, why }) => (why === 'nobody named it' ? [`${region} was dark, and nobody named it`] : [])),
    ...loss.lost,
    ...[...told.tooOften, ...told.unrecorded.map((one) => `no log knows of message ${one}`)],
    ...told.undelivered.map((one) => `accepted, and never delivered: message ${one}`),
    ...outage.untold.map((one) => `nobody was told that ${one}`),
    ...heavier(burden),
  ];
  return {
    kills: kills.length,
    victims: victimsOf(kills),
    returned: returns.list(),
    restarts: system.restarts,
    darknesses,
    calmAfterMs: calm.afterMs,
    loss,
    told,
    outage,
    burden,
    wrong: wrongs,
  };
}

function note(one: Process): void {
  everSeen.set(`${one.pid} ${one.startedAt}`, one);
}

/** Of those that should stay what they are however long they live. */
function burdens(): KillsResult['burden']['before'] {
  const lasting = processesOf(system.mainPid(), system.folder).filter(({ kind }) => kind === 'main' || kind === 'edge');
  for (const one of lasting) note(one);
  return Object.fromEntries(lasting.map((one) => [nameOf(one), burdenOf(one.pid)]));
}

/** Much heavier than a system that has just become calm. */
function heavier({ before, after }: KillsResult['burden']): readonly string[] {
  return Object.entries(after).flatMap(([name, { memoryMb, files }]) => {
    const was = before[name];
    if (was === undefined) return [`there was no ${name}`];
    return [
      ...(memoryMb > was.memoryMb * 1.5 + 30 ? [`${name} has ${memoryMb} MB, and had ${was.memoryMb}`] : []),
      ...(files > was.files + filesOfPools ? [`${name} has ${files} open files, and had ${was.files}`] : []),
    ];
  });
}

function victimsOf(kills: readonly Kill[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { victim, isInStart } of kills) {
    const name = isInStart ? `${victim.kind} in a start` : victim.kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function show(): void {
  if ('loss' in result) console.log(columns([['what', 'figures'], ...rowsOf(result), ['left behind', String(leftBehind.length)]]));
  console.log(wrong.length === 0 ? 'all is as it must be' : `${wrong.map((one) => `WRONG ${one}`).join('\n')}\nits data: ${system.folder}`);
}
