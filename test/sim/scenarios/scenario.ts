/** Stories about a small world, told in its words: what goes wrong and when, and then what was said. */
import type { RegionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import { allRegions } from '../../../src/core/config/config';
import type { FunctionRole } from '../../../src/core/names';
import type { ReportView, StatusView } from '../../../src/core/views';
import type { BadDeploy, TableTrouble } from '../afflictions';
import { convergedMs } from '../checkers/bounds';
import { bothWays, type Fault } from '../faults';
import { inflict } from '../inflict';
import { type Inspection, runInspected } from '../inspection';
import type { Darkness } from '../network';
import type { OutsideTrouble } from '../outside-switch';
import { realEngine } from '../real-engine';
import { brokenPromises } from '../seed';
import { smallConfig, type WorldSize } from '../settings';
import type { Symptom } from '../targets';
import { at, timeOfStory } from '../time-of-story';
import { World } from '../world';
import { planCalls } from './calling-job';

interface During {
  readonly from: string;
  readonly to: string;
}

export interface Scenario {
  linkIsCut(one: RegionId, other: RegionId, during: During): void;
  /** Calls and items of one direction are lost, named by who calls. */
  linkIsCutOneWay(from: RegionId, to: RegionId, during: During): void;
  regionIsDark(region: RegionId, during: During & { readonly darkness?: Darkness }): void;
  /** The tick of the minute that contains this time never fires. */
  minuteIsLost(region: RegionId, role: FunctionRole, minute: string): void;
  targetIsDown(monitor: string, outage: During & { readonly seenFrom: readonly RegionId[]; readonly symptom?: Symptom }): void;
  /** Everything runs on a laptop, and that sleeps. */
  everythingSleeps(during: During): void;
  /** No link of it works, and it reaches no anchor. */
  regionIsIsolated(region: RegionId, during: During): void;
  /** Items of one direction wait; calls go through. */
  replicationStalls(from: RegionId, to: RegionId, during: During): void;
  /** Items of one direction overtake each other. */
  itemsAreDisordered(from: RegionId, to: RegionId, during: During): void;
  /** It claims its slots and goes no further; a deaf one does not even answer a poke. */
  proberHangs(region: RegionId, during: During & { readonly isDeaf?: boolean }): void;
  scheduleIsStopped(region: RegionId, role: FunctionRole, during: During): void;
  watchdogDies(region: RegionId, during: During): void;
  /** Every minute an event of so long ago comes, too. */
  eventsComeLate(region: RegionId, role: FunctionRole, late: During & { readonly byMs: number }): void;
  eventsComeTwice(region: RegionId, role: FunctionRole, twice: During & { readonly afterMs?: number }): void;
  /** Its next invocations die, each at the await after so many answers. */
  functionCrashes(region: RegionId, role: FunctionRole, crashes: During & { readonly afterAnswers: readonly number[] }): void;
  probesDoNotWork(region: RegionId, monitors: readonly string[], during: During): void;
  tableFails(region: RegionId, trouble: During & Partial<TableTrouble>): void;
  topicFails(region: RegionId, during: During): void;
  topicDrops(region: RegionId, during: During): void;
  /** The dead-man service that it tells takes no pings. */
  switchOutsideFails(region: RegionId, during: During & { readonly how?: OutsideTrouble }): void;
  clockIsWrong(region: RegionId, wrong: During & { readonly byMs: number }): void;
  clockSteps(region: RegionId, steps: During & { readonly byMs: number; readonly everyMs: number }): void;
  isBadlyDeployed(region: RegionId, deploy: BadDeploy, during: During): void;
  credentialsAreRevoked(region: RegionId, during: During): void;
  namesAreGone(region: RegionId, during: During): void;
  /** A monitor that calls us does so, in time, but while it is dead; from `provenAt` on its silence proves it, where that is not its deadline. */
  jobCalls(monitor: string, calls: During & { readonly into: RegionId; readonly dead?: During & { readonly provenAt?: string } }): void;
  /** What calls the inbox of that region is not answered. */
  inboxIsDark(region: RegionId, during: During): void;
  /** An operator orders it in that region. */
  isOrdered(order: 'silence' | 'maintenance', monitors: readonly string[], during: During & { readonly in: RegionId }): void;
  endsAt(time: string): Promise<Ending>;
  /** When everything must have settled after the last fault, and a minute more, in which nothing may stir. */
  endsInCalm(): Promise<Ending>;
}

export interface Ending {
  /** Every message that a topic accepted, such as `us-east-2: PAGE prober:eu-west-1 is SILENT (single witness)`. */
  readonly said: readonly string[];
  /** When a message that contains this text was first accepted; undefined if none was. */
  firstSaidAt(text: string): number | undefined;
  /** Kinds and keys of all conclusions, such as `opened prober:eu-west-1:watch`. */
  readonly concluded: readonly string[];
  /** When the switch outside of a region rang. */
  rang(region: RegionId): readonly number[];
  /** How many rounds a region finished in a stretch of time. */
  rounds(region: RegionId, during: During): number;
  readonly looks: Inspection['looks'];
  /** What an onlooker is shown through the replica of one region. */
  seenThrough(region: RegionId): StatusView;
  report(monitor: string): ReportView;
  /** Promises that were broken, as sentences. */
  readonly broken: readonly string[];
}

/** A world of two probers and a witness, with one monitor unless told otherwise. */
export function scenario(size: Partial<WorldSize> & { readonly beatMs: number }): Scenario {
  const world = new World({ seed: 1, config: smallConfig({ monitors: 1, ...size }), engine: realEngine });
  const faults: Fault[] = [];
  const suffer = (fault: Fault): void => {
    faults.push(fault);
    inflict(fault, world);
  };
  return {
    ...troubleWithLinks(suffer, world),
    ...troubleWithFunctions(suffer),
    ...troubleWithServices(suffer, world),
    ...troubleWithJobs(suffer, world),
    endsAt: async (time) => endingOf(world, faults, await runInspected(world, at(time))),
    endsInCalm: async () => endingOf(world, faults, await runInspected(world, calmAfter(faults, world))),
  };
}

const calmAfter = (faults: readonly Fault[], { config }: World): number => Math.max(0, ...faults.map(({ ends }) => ends)) + convergedMs(config) + minute;

type Suffer = (fault: Fault) => void;
const timesOf = (during: During): { readonly begins: number; readonly ends: number } => ({ begins: at(during.from), ends: at(during.to) });

type OfLinks = 'everythingSleeps' | 'linkIsCut' | 'linkIsCutOneWay' | 'regionIsDark' | 'regionIsIsolated' | 'replicationStalls' | 'itemsAreDisordered';

const troubleWithLinks = (suffer: Suffer, { config }: World): Pick<Scenario, OfLinks> => ({
  linkIsCut: (one, other, during) => suffer({ kind: 'link-cut', directions: bothWays(one, other), ...timesOf(during) }),
  linkIsCutOneWay: (from, to, during) => suffer({ kind: 'link-cut', directions: [{ from, to }], ...timesOf(during) }),
  regionIsDark: (region, during) => suffer({ kind: 'region-dark', region, darkness: during.darkness ?? 'hangs', ...timesOf(during) }),
  everythingSleeps: (during) => suffer({ kind: 'asleep', regions: allRegions(config.regions), ...timesOf(during) }),
  regionIsIsolated: (region, during) =>
    suffer({ kind: 'isolated', region, others: allRegions(config.regions).filter((other) => other !== region), ...timesOf(during) }),
  replicationStalls: (from, to, during) => suffer({ kind: 'replication-stalled', directions: [{ from, to }], ...timesOf(during) }),
  itemsAreDisordered: (from, to, during) => suffer({ kind: 'replication-disordered', directions: [{ from, to }], upToMs: minute, ...timesOf(during) }),
});

type OfFunctions =
  | 'minuteIsLost'
  | 'proberHangs'
  | 'scheduleIsStopped'
  | 'watchdogDies'
  | 'eventsComeLate'
  | 'eventsComeTwice'
  | 'functionCrashes'
  | 'isBadlyDeployed';

const troubleWithFunctions = (suffer: Suffer): Pick<Scenario, OfFunctions> => ({
  minuteIsLost: (region, role, time) => suffer({ kind: 'lost-minute', region, role, begins: at(time) - 5_000, ends: at(time) + 55_000 }),
  proberHangs: (region, during) => suffer({ kind: 'prober-hung', region, isDeaf: during.isDeaf ?? false, ...timesOf(during) }),
  scheduleIsStopped: (region, role, during) => suffer({ kind: 'schedule-stopped', region, role, ...timesOf(during) }),
  watchdogDies: (region, during) => suffer({ kind: 'watchdog-dead', region, ...timesOf(during) }),
  eventsComeLate: (region, role, late) => suffer({ kind: 'late-invocations', region, role, lateMs: late.byMs, isOnly: false, ...timesOf(late) }),
  eventsComeTwice: (region, role, { afterMs, ...during }) =>
    suffer({ kind: 'duplicate-invocations', region, role, afterMs: afterMs ?? 3 * second, ...timesOf(during) }),
  functionCrashes: (region, role, { afterAnswers, ...during }) => suffer({ kind: 'crashes', region, role, afterAnswers, ...timesOf(during) }),
  isBadlyDeployed: (region, deploy, during) => suffer({ kind: 'bad-deploy', region, deploy, ...timesOf(during) }),
});

type OfServices =
  | 'targetIsDown'
  | 'probesDoNotWork'
  | 'tableFails'
  | 'topicFails'
  | 'topicDrops'
  | 'switchOutsideFails'
  | 'clockIsWrong'
  | 'clockSteps'
  | 'credentialsAreRevoked'
  | 'namesAreGone'
  | 'isOrdered';

const troubleWithServices = (suffer: Suffer, world: World): Pick<Scenario, OfServices> => ({
  targetIsDown: (monitor, outage) =>
    suffer({ kind: 'target-down', monitor: monitorOf(world, monitor), from: outage.seenFrom, symptom: outage.symptom ?? 'status', ...timesOf(outage) }),
  probesDoNotWork: (region, monitors, during) =>
    suffer({ kind: 'skipping', region, monitors: monitors.map((monitor) => monitorOf(world, monitor)), ...timesOf(during) }),
  tableFails: (region, { calls, how, probability, ...during }) =>
    suffer({ kind: 'table-failing', region, trouble: { calls: calls ?? 'all', how: how ?? 'throttled', probability: probability ?? 1 }, ...timesOf(during) }),
  topicFails: (region, during) => suffer({ kind: 'topic-failing', region, ...timesOf(during) }),
  topicDrops: (region, during) => suffer({ kind: 'topic-dropping', region, ...timesOf(during) }),
  switchOutsideFails: (region, { how, ...during }) => suffer({ kind: 'outside-failing', region, how: how ?? 'hangs', ...timesOf(during) }),
  clockIsWrong: (region, { byMs, ...during }) => suffer({ kind: 'clock-skewed', region, byMs, ...timesOf(during) }),
  clockSteps: (region, { byMs, everyMs, ...during }) => suffer({ kind: 'clock-stepping', region, byMs, everyMs, ...timesOf(during) }),
  credentialsAreRevoked: (region, during) => suffer({ kind: 'credentials-revoked', region, ...timesOf(during) }),
  namesAreGone: (region, during) => suffer({ kind: 'names-gone', region, ...timesOf(during) }),
  isOrdered: (order, monitors, { in: region, ...during }) =>
    suffer({ kind: 'ordered', region, order, monitors: monitors.map((monitor) => monitorOf(world, monitor)), ...timesOf(during) }),
});

const troubleWithJobs = (suffer: Suffer, world: World): Pick<Scenario, 'jobCalls' | 'inboxIsDark'> => ({
  jobCalls(id, { into, dead, ...during }) {
    const calling = {
      into,
      ...timesOf(during),
      dead: dead === undefined ? undefined : { ...timesOf(dead), provenAt: dead.provenAt === undefined ? undefined : at(dead.provenAt) },
    };
    for (const monitor of world.config.monitors.filter((one) => one.id === id)) for (const fault of planCalls(monitor, calling, world)) suffer(fault);
  },
  inboxIsDark: (region, during) => suffer({ kind: 'inbox-dark', region, ...timesOf(during) }),
});

function monitorOf(world: World, id: string): World['config']['monitors'][number]['id'] {
  const monitor = world.config.monitors.find((one) => one.id === id);
  if (monitor === undefined) throw new Error(`there is no monitor ${id} in this world`);
  return monitor.id;
}

function endingOf(world: World, faults: readonly Fault[], inspection: Inspection): Ending {
  const { history } = world;
  const transitions = history.logged.filter(({ body }) => ['opened', 'changed', 'resolved'].includes(String(body.kind)));
  return {
    said: history.announced.map((one) => `${one.sender}: ${one.headline}`),
    firstSaidAt: (text) => history.announced.find((one) => `${one.sender}: ${one.headline}`.includes(text))?.at,
    concluded: transitions.map(({ body }) => `${String(body.kind)} ${String(body.key)}`),
    rang: (region) => history.outsidePages.filter((page) => page.region === region).map((page) => page.at),
    rounds: (region, { from, to }) => history.rounds.filter((round) => round.region === region && round.at >= at(from) && round.at < at(to)).length,
    looks: inspection.looks,
    seenThrough: (region) => found(inspection.finally.get(region), region),
    report: (monitor) =>
      found(
        inspection.reports.find((report) => report.monitor === monitor),
        monitor,
      ),
    broken: brokenPromises(world, faults, inspection).map(({ promise, at: time, what }) => `${promise} at ${timeOfStory(time)}: ${what}`),
  };
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`nothing is known of ${name}`);
  return thing;
}
