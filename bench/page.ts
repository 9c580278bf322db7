/**
 * From the outage to the page, and from its end to the message that it is over: our local system beside Gatus, cloudprober and blackbox_exporter
 * with Prometheus and Alertmanager, all on the same targets in the same outages. Each peer runs twice: at our interval, and as often as
 * our regions probe together. `--outages N --seed S --tools a,b --peers DIR --no-install --json`. Exits with 1 where a goal is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { minute, second } from '../src/core/basics/time';
import { goalsOf } from './page/goals';
import { type Happened, planOutages } from './page/outages';
import { type Own, probers } from './page/own';
import { openReceiver } from './page/receiver';
import { rowsOf, toldBy } from './page/rows';
import { runOutages, until } from './page/run';
import { spentText, tableOf } from './page/shown';
import { spentOf } from './page/spent';
import { openTargets } from './page/targets';
import { findPeers, ownName, type PeerTool, startOurs, startPeers } from './page/tools';
import { machineLoad } from './peers/processes';
import { goalLine } from './probe/goals';

const { values } = parseArgs({
  options: {
    outages: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    tools: { type: 'string', default: 'gatus,cloudprober,blackbox' },
    peers: { type: 'string', default: '.twinwatch/peers' },
    'no-install': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.outages), Number(values.seed)];
if (!(count >= 1 && Number.isInteger(count) && Number.isInteger(seed))) throw new Error('--outages takes a number from 1 on, and --seed a number');
const [intervalMs, timeoutMs, failures] = [10 * second, 5 * second, 2];
/** Of all targets, so that nothing looks like a fault of a region, and nothing like one cause that is told once. */
const lanes = 3;
const patienceMs = 45 * second;

/** While this process stands still, the targets answer nobody. */
const standstill = monitorEventLoopDelay({ resolution: 20 });

const say = (text: string): void => void (values.json ? process.stderr.write(`${text}\n`) : console.log(text));
const folder = mkdtempSync(join(tmpdir(), 'twinwatch-page-'));
const { found, skipped } = findPeers(values.tools.split(','), { folder: values.peers, mayInstall: !values['no-install'] });
for (const text of skipped) say(`SKIPPED ${text}`);
const outages = planOutages(count, seed);
const receiver = await openReceiver();
const [anchor, ...targets] = await openTargets(['anchor', ...outages.map(({ target }) => target)]);
const task = { folder, receiver, targets, anchor: anchor?.urlFor('anchor') ?? '', intervalMs, timeoutMs, failures };
let own: Own | undefined;
let tools: readonly PeerTool[] = [];
try {
  own = await startOurs(task);
  tools = await startPeers(found, task);
  say(
    `${count} outages, seed ${seed}, of as many targets, at most ${lanes} at once; every ${intervalMs / second} s from each of our ${probers.length} regions`,
  );
  await settle(own);
  const loadBefore = machineLoad();
  standstill.enable();
  const names = [ownName, ...tools.map(({ name }) => name)];
  const happened = await runOutages({ outages, targets, tools: names, heard: receiver.heard, intervalMs, lanes, patienceMs, say });
  report(own, happened, [loadBefore, machineLoad()]);
} finally {
  await Promise.all(tools.flatMap(({ processes }) => processes.map((process) => process.stop())));
  await own?.stop();
  receiver.close();
  for (const target of [...targets, ...(anchor === undefined ? [] : [anchor])]) target.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** All is well, and each tool has asked every target at least twice. */
async function settle(ours: Own): Promise<void> {
  const isAsked = (): boolean => [ownName, ...tools.map(({ name }) => name)].every((name) => targets.every(({ timesAsked }) => timesAsked(name) >= 2));
  if (await until(3 * minute, async () => isAsked() && (await ours.isCalm().catch(() => false)))) return;
  const silent = [ownName, ...tools.map(({ name }) => name)].filter((name) => targets.some(({ timesAsked }) => timesAsked(name) < 2));
  throw new Error(`not all targets were probed in time by: ${silent.join(', ') || 'nobody is missing, and ours is not calm'}`);
}

function report(ours: Own, happened: readonly Happened[], load: readonly number[]): void {
  const told = toldBy(ownName, happened, receiver.heard);
  const own = rowsOf(ownName, told.timings);
  const peers = tools.map(({ name, pace }) => {
    const { timings, falsePages } = toldBy(name, happened, receiver.heard);
    return { name, pace, rows: rowsOf(name, timings), falsePages };
  });
  const spent = spentOf(told.timings, ours.concluded(), { intervalMs, places: probers.length });
  const goals = goalsOf({ ours: own, peers, falsePages: told.falsePages, intervalMs, timeoutMs });
  const isRight = goals.every(({ isMet }) => isMet);
  process.exitCode = isRight ? 0 : 1;
  const falsePages = Object.fromEntries([[ownName, told.falsePages], ...peers.map((peer) => [peer.name, peer.falsePages])]);
  const rows = [...own, ...peers.flatMap((peer) => peer.rows)];
  const unreadable = receiver.unreadable;
  const stoodStillMs = Math.round(standstill.max / 1e6);
  if (values.json) {
    const setting = { intervalMs, timeoutMs, failures, lanes, seed, config: ours.configText };
    console.log(
      JSON.stringify({ bench: 'page', ok: isRight, setting, load, stoodStillMs, rows, falsePages, spent, goals, skipped, unreadable, timings: told.timings }),
    );
    return;
  }
  say(
    `load of the machine ${load.map((one) => one.toFixed(1)).join(' to ')}, the targets stood still for at most ${(stoodStillMs / second).toFixed(1)} s; our configuration, without its monitors:`,
  );
  say(ours.configText.replace(/monitors:.*/s, ''));
  say(tableOf(rows));
  say(
    `false pages: ${Object.entries(falsePages)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')}`,
  );
  for (const text of unreadable) say(`could not be read: ${text}`);
  say(`\n${spentText(spent)}\n`);
  for (const goal of goals) say(goalLine(goal));
}
