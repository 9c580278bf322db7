/**
 * What a probe costs: CPU of our prober beside Gatus, blackbox_exporter and cloudprober, on the same server in the same windows; what a round
 * reports as latency; and, with `--hang N`, what targets that never answer do to the others. The rate decides the figure, so it stands beside it.
 * `--monitors N --windows N --seconds N --peers DIR --no-install --only http,https,fast,round --json`. Exits with 1 where a goal is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import { machineLoad } from './peers/processes';
import { findProgram } from './peers/programs';
import { type Goal, goalLine, latencyGoal, ratioGoals, roundGoals } from './probe/goals';
import { bundleOwn } from './probe/own';
import { peers } from './probe/peers';
import { type RoundsSeen, runRounds } from './probe/rounds';
import { openTarget, type Target } from './probe/target';
import { startPeer, startTwinwatch, type Task, type Tool } from './probe/tools';
import { measure, type Row, type Spread } from './probe/windows';

const { values } = parseArgs({
  options: {
    monitors: { type: 'string', default: '1000' },
    windows: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    hang: { type: 'string', default: '0' },
    peers: { type: 'string', default: '.twinwatch/peers' },
    only: { type: 'string', default: 'http,https,fast,round' },
    'no-install': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [monitors, windows, seconds, hang] = [values.monitors, values.windows, values.seconds, values.hang].map(Number) as [number, number, number, number];
const asked = values.only.split(',');
const paceMs = 10_000;

interface Part {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly load: Spread;
}

type Pace = Pick<Task, 'scheme' | 'intervalMs' | 'label'>;

const titles: Readonly<Record<string, string>> = {
  http: `HTTP, every ${paceMs / 1000} s`,
  https: `HTTPS with a full handshake, every ${paceMs / 1000} s`,
  fast: 'HTTP, as fast as it goes, in turn',
};

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-probe-'));
const say = (text: string): void => void (values.json || console.log(text));
const target = await openTarget(folder);
const program = await bundleOwn(folder);
const parts: Part[] = [];
const goals: Goal[] = [];
let rounds: RoundsSeen | undefined;
try {
  say(`${monitors} monitors, ${windows} windows of ${seconds} s, against ${target.software}; load of the machine now ${machineLoad().toFixed(1)}`);
  const programs = findPrograms();
  await costs(programs);
  if (asked.includes('round')) {
    rounds = await runRounds({ folder, target, program, monitors, hang });
    goals.push(...roundGoals(rounds), latencyGoal(rounds));
    say(rounds.text);
  }
  for (const goal of goals) say(goalLine(goal));
  if (values.json) console.log(JSON.stringify({ bench: 'probe', target: target.software, monitors, windows, seconds, parts, rounds, goals }));
  process.exitCode = goals.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  await target.process.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function findPrograms(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!asked.some((part) => ['http', 'https', 'fast'].includes(part))) return found;
  for (const peer of peers) {
    const file = findProgram(peer, values.peers, !values['no-install']);
    if (file === undefined) say(`SKIPPED ${peer.name}: not in the PATH, not in ${values.peers}, and it could not be built from the Go proxy`);
    else found.set(peer.name, file);
  }
  return found;
}

/** Paced over HTTP, then over HTTPS, all tools in the same windows; both at once would be more than two cores can do. Then each in turn as fast as it goes. */
async function costs(programs: ReadonlyMap<string, string>): Promise<void> {
  for (const scheme of ['http', 'https'] as const) {
    if (asked.includes(scheme)) await cost(programs, { scheme, intervalMs: paceMs, label: scheme });
  }
  if (asked.includes('fast')) await cost(programs, { scheme: 'http', intervalMs: 0, label: 'fast' });
}

async function cost(programs: ReadonlyMap<string, string>, pace: Pace): Promise<void> {
  const isFast = pace.intervalMs === 0;
  const tools = await startAll(programs, pace);
  await untilSeen(tools, target);
  if (!isFast) await pause(paceMs);
  report({ label: pace.label, ...(await measure(tools, { windows, seconds: isFast ? Math.min(seconds, 5) : seconds, target, isInTurn: isFast })) });
  for (const tool of tools) await tool.stop();
}

function startAll(programs: ReadonlyMap<string, string>, pace: Pace): Promise<Tool[]> {
  const task = { folder, target, monitors, ...pace };
  const others = peers.flatMap((peer) => {
    const file = programs.get(peer.name);
    return file === undefined ? [] : [startPeer(peer, file, task)];
  });
  return Promise.all([startTwinwatch(task, program), ...others]);
}

/** Gatus takes 0.2 s from one new monitor to the next. */
async function untilSeen(tools: readonly Tool[], { counts }: Target): Promise<void> {
  const patienceMs = 60_000 + monitors * 400;
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await pause(1000)) {
    const seen = counts();
    if (tools.every(({ key, monitors: all }) => (seen.get(key)?.monitors ?? 0) >= all)) return;
  }
  const late = tools.filter(({ key, monitors: all }) => (counts().get(key)?.monitors ?? 0) < all);
  say(`not all monitors were probed within ${Math.round(patienceMs / 1000)} s by: ${late.map(({ key }) => key).join(', ')}`);
}

function report(part: Part): void {
  parts.push(part);
  goals.push(...ratioGoals(part.label, part.rows));
  const { load } = part;
  say(`\n${titles[part.label]} (load of the machine ${load.least.toFixed(1)} to ${load.most.toFixed(1)})`);
  const lines = part.rows.map(({ tool, monitors: watched, perSecond, cpuMs, rssMb }) => [
    tool,
    String(watched),
    perSecond.toFixed(0),
    cpuMs.median.toFixed(3),
    `${cpuMs.least.toFixed(3)} to ${cpuMs.most.toFixed(3)}`,
    rssMb.toFixed(0),
  ]);
  say(columns([['tool', 'monitors', 'probes/s', 'CPU ms a probe', 'least to most', 'RSS MB'], ...lines]));
}
