/** One round of a prober: probe what is due, write the beat, publish its metric, judge, announce. */
import { type Instant, instant, type MonitorId, type Slot } from '../core/basics/brand';
import { probingMs, second } from '../core/basics/time';
import { type Beat, type BeatMark, encodeBeat, encodeHead, type Head, type RoundFacts } from '../core/beat';
import type { Config } from '../core/config/config';
import { failedRound } from '../core/failed-round';
import { advanceSample, type Sample } from '../core/health';
import { decidingAttempt, noPhases, type Observation, outcomeOf } from '../core/observation';
import { encodeRoster } from '../core/roster';
import { isLooping, slotBegins } from '../core/slots';
import { publishOncePerMinute } from './beat-metric';
import { observeHeartbeats } from './heartbeats';
import { judgeMeanwhile } from './held-up';
import { judge } from './judge';
import { believed, isBelievable, type Observed, observe } from './observing';
import { dueIn, type Look, type SoFar } from './probing';
import { hasBeatsToSave, keepBeat, saveLater } from './save-later';
import { awayOf, store, storeSign } from './store';
import { hasTimeFor } from './time-left';
import type { World } from './world';

/** `pending`: judge and save again soon. `discarded`: nothing of the round counts, and nothing of it is stored. */
export type RoundEnd = 'done' | 'pending' | 'discarded';

/** The next round may run in another environment, which knows nothing of a beat that no store has taken yet. */
export const endOfRound = (world: World, isPending: boolean): RoundEnd => (isPending || hasBeatsToSave(world) ? 'pending' : 'done');

/** Runs a claimed slot to its end. `before`: what this region stored last. */
export async function runRound(world: World, slot: Slot, before: Head | undefined): Promise<RoundEnd> {
  const { self, ports, memory } = world;
  const startedAt = ports.clock.now();
  const giveUp = giveUpAt(world, slot);
  const look = { monitors: dueIn(world, slot), slot, giveUpAt: giveUp, soFar: { observations: [], canaries: new Map() } };
  const observing = Promise.all([observe(world, look), observeHeartbeats(world, { slot, before })]);
  const observedAt = await judgeMeanwhile(world, observing, () => headSoFar(world, { ...look, startedAt, before }));
  const [{ observations, canaries }, called] = await observing;
  if (observedAt > giveUp + overrunMs) {
    ports.diary.note(failedRound.late, { slot, ms: observedAt - startedAt });
    return 'discarded';
  }
  const round = roundFacts(world, { slot, startedAt, observations, canaries });
  const all = [...observations, ...believed(called.observations, canaries)];
  const head = { ...headOf(world, round, { before, observations: all }), receiving: called.receiving };
  memory.head = head;
  // A later slot was of a clock that was fast, and no store has it: by that one this region would seem to have stopped.
  if ((memory.arrivals.get(self.region)?.newest ?? slot) > slot) memory.arrivals.delete(self.region);
  const writtenFromMs = ports.clock.elapsedMs();
  await writeBeat(world, { head, beat: { ...round, marks: marksOf(self.config, all) } });
  const publishing = publishOncePerMinute(world, slot);
  const isPending = await judged(world, ports.clock.elapsedMs() - writtenFromMs);
  await publishing;
  ports.diary.note('round finished', { slot, covered: round.covered, expected: round.expected, ms: ports.clock.now() - startedAt });
  return endOfRound(world, isPending);
}

/** Reading takes no longer than writing took before, thrice; a round that is cut short there is told by nobody, and still stored. */
async function judged(world: World, wroteMs: number): Promise<boolean> {
  if (!hasTimeFor(world, 3 * wroteMs)) return true;
  const { isPending } = await judge(world);
  if (world.memory.couldStore) await saveLater(world);
  return isPending;
}

/** Whoever probes for longer than it can stood still in between: of when its observations are nobody knows, and they count for nothing. */
const overrunMs = 5 * second;

/** Probing must leave time for the beat and the judgement before the next slot, and before this environment is killed. */
function giveUpAt({ self, ports, invocation }: World, slot: Slot): Instant {
  const cycleMs = self.config.beatIntervalMs;
  const begun = isLooping(self.config) ? Math.max(slotBegins(self.config, self.region, slot), ports.clock.now() - cycleMs / 2) : ports.clock.now();
  return instant(Math.min(begun + probingMs(cycleMs), ports.clock.now() + invocation.remainingMs() - 5000));
}

function roundFacts({ self, ports, memory }: World, done: { readonly slot: Slot; readonly startedAt: Instant } & Observed): RoundFacts {
  const seen = [...memory.arrivals].filter(([region]) => region !== self.region).map(([region, arrivals]) => [region, arrivals.newest]);
  return {
    region: self.region,
    slot: done.slot,
    by: 'schedule',
    canaries: done.canaries,
    startedAt: done.startedAt,
    finishedAt: ports.clock.now(),
    covered: done.observations.filter((observation) => outcomeOf(decidingAttempt(observation)) !== 'not-covered').length,
    expected: done.observations.length,
    configHash: self.config.hash,
    configMadeAt: self.config.madeAt,
    codeVersion: self.codeVersion,
    bootId: self.bootId,
    seen: Object.fromEntries(seen),
  };
}

interface Told {
  readonly before: Head | undefined;
  readonly observations: readonly Observation[];
}

function headOf({ self: { config }, memory: { epoch } }: World, round: RoundFacts, told: Told): Head {
  const before = new Map(told.before?.samples.map((sample) => [sample.hash, sample]));
  const observed = new Map<MonitorId, Observation>(told.observations.map((observation) => [observation.monitor, observation]));
  const samples: Sample[] = [];
  for (const monitor of config.monitors) {
    const observation = observed.get(monitor.id);
    const known = before.get(monitor.hash);
    const sample = observation === undefined ? known : advanceSample(known, observation, monitor);
    if (sample !== undefined) samples.push(sample);
  }
  return { ...round, samples, ...(epoch === 0 ? {} : { epoch }) };
}

interface Begun extends Look {
  readonly startedAt: Instant;
  readonly before: Head | undefined;
  readonly soFar: SoFar;
}

/** The head as it would be if the round were over, where what it has seen so far holds news and will count; else nothing. */
async function headSoFar(world: World, begun: Begun): Promise<Head | undefined> {
  const { slot, startedAt, before, soFar } = begun;
  if (before === undefined) return undefined;
  const observations = [...soFar.observations];
  const head = headOf(world, roundFacts(world, { slot, startedAt, observations, canaries: 'right' }), { before, observations });
  const patience = new Map(begun.monitors.map(({ hash, downAfter, upAfter }) => [hash, { downAfter, upAfter }]));
  const isNews = ({ slot: seenIn, ok, run, hash }: Sample): boolean => seenIn === slot && run <= (patience.get(hash)?.[ok ? 'upAfter' : 'downAfter'] ?? 0);
  if (!head.samples.some(isNews) || !(await isBelievable(world, begun))) return undefined;
  return { ...head, receiving: before.receiving };
}

function marksOf(config: Config, observations: readonly Observation[]): readonly BeatMark[] {
  const observed = new Map<MonitorId, Observation>(observations.map((observation) => [observation.monitor, observation]));
  return config.monitors.map((monitor): BeatMark => {
    const observation = observed.get(monitor.id);
    if (observation === undefined) return { outcome: 'idle', phases: noPhases, reason: 'ok', detail: '' };
    const { reason, detail } = decidingAttempt(observation);
    const outcome = outcomeOf(decidingAttempt(observation));
    return { outcome: outcome === 'not-covered' ? 'skipped' : outcome, phases: observation.attempts[0].phases, reason, detail };
  });
}

async function writeBeat(world: World, { head, beat }: { readonly head: Head; readonly beat: Beat }): Promise<void> {
  const { memory, self } = world;
  const away = awayOf(world);
  const writes = [store(world, 'if-newer', (writer) => encodeBeat(beat, writer))];
  if (!memory.rosters.has(self.config.hash)) writes.push(store(world, 'if-absent', (writer) => encodeRoster(self.config, writer)));
  const showing = storeSign(world, (writer) => encodeHead(head, writer, away));
  const [names, [beatStored, rosterStored]] = await Promise.all([showing, Promise.all(writes)]);
  if (rosterStored !== undefined && rosterStored.kind !== 'failed') memory.rosters.add(self.config.hash);
  memory.couldStore = names.length > 0;
  for (const name of names) memory.log.names.add(name);
  if (beatStored?.kind === 'failed') keepBeat(world, beat);
  if (names.length === 0 || beatStored?.kind === 'failed') world.ports.diary.note(failedRound.unstored, { slot: head.slot });
}
