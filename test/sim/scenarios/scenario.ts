/** Stories about a small world, told in its words: what goes wrong and when, and then what was said. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { FunctionRole } from '../../../src/core/names';
import type { ReportView, StatusView } from '../../../src/core/views';
import { bothWays, type Fault, inflict } from '../faults';
import { type Inspection, runInspected } from '../inspection';
import type { Darkness } from '../network';
import { realEngine } from '../real-engine';
import { brokenPromises } from '../seed';
import { smallConfig, type WorldSize } from '../settings';
import type { Symptom } from '../targets';
import { at, timeOfStory } from '../time-of-story';
import { World } from '../world';

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
  endsAt(time: string): Promise<Ending>;
}

export interface Ending {
  /** Every message that a topic accepted, such as `us-east-2: PAGE prober:eu-west-1 is SILENT (single witness)`. */
  readonly said: readonly string[];
  /** When a message that contains this text was first accepted; undefined if none was. */
  firstSaidAt(text: string): number | undefined;
  /** Kinds and keys of all conclusions, such as `opened prober:eu-west-1:watch`. */
  readonly concluded: readonly string[];
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
  const timesOf = (during: During): { readonly begins: number; readonly ends: number } => ({ begins: at(during.from), ends: at(during.to) });
  return {
    linkIsCut: (one, other, during) => suffer({ kind: 'link-cut', directions: bothWays(one, other), ...timesOf(during) }),
    linkIsCutOneWay: (from, to, during) => suffer({ kind: 'link-cut', directions: [{ from, to }], ...timesOf(during) }),
    regionIsDark: (region, during) => suffer({ kind: 'region-dark', region, darkness: during.darkness ?? 'hangs', ...timesOf(during) }),
    minuteIsLost: (region, role, minute) => suffer({ kind: 'lost-minute', region, role, begins: at(minute) - 5_000, ends: at(minute) + 55_000 }),
    targetIsDown: (monitor, outage) =>
      suffer({ kind: 'target-down', monitor: monitorOf(world, monitor), from: outage.seenFrom, symptom: outage.symptom ?? 'status', ...timesOf(outage) }),
    endsAt: async (time) => endingOf(world, faults, await runInspected(world, at(time))),
  };
}

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
