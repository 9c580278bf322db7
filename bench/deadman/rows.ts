/** One row of the table: how long a detector takes, and how often it is wrong. */
import { minute, second } from '../../src/core/basics/time';
import { baselineDelays, drawCrashes, falsePagesOf } from './baseline-rows';
import { type CrashKind, Episode } from './episode';
import { countFalsePages, warmUpMs } from './false-pages';
import { poissonBounds } from './poisson';
import { firstPage } from './watching';
import { type Setting, World } from './world';

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Row {
  readonly detector: string;
  readonly setting: string;
  readonly isOurs: boolean;
  /** Seconds from the crash to the page: of a prober that died, of a region that went dark, and of both kinds together. */
  readonly prober: Delays;
  readonly region: Delays;
  readonly together: Delays;
  /** What only ours tells apart. */
  readonly hung?: Delays;
  readonly stopped?: Delays;
  readonly falsePages: number;
  readonly years: number;
  readonly falsePerYear: number;
  /** Exact Poisson bounds, 95 %. */
  readonly falseBounds: readonly [number, number];
}

export interface Run {
  readonly seed: number;
  readonly years: number;
  readonly crashes: number;
  readonly setting: Setting & { readonly name: string };
}

export function oursRow(run: Run, cycleMs: number): Row {
  const world = new World({ seed: run.seed, years: run.years, cycleMs }, run.setting);
  const [prober, region, hung, stopped] = (['prober', 'region', 'hung', 'stopped'] as const).map((kind) => ourDelays(world, kind, run.crashes)) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const row = rowOf(`ours, ${cycleMs / second} s beats`, run, { prober, region, falsePages: countFalsePages(world) });
  return { ...row, isOurs: true, hung: summary(hung), stopped: summary(stopped) };
}

/** Rows of all single-path detectors, at one beat a minute. */
export function baselineRows(run: Run): readonly Row[] {
  const world = new World({ seed: run.seed, years: run.years, cycleMs: minute }, run.setting);
  const wrong = falsePagesOf(world);
  const prober = baselineDelays(world, drawCrashes(world, 'prober', run.crashes));
  const region = baselineDelays(world, drawCrashes(world, 'region', run.crashes));
  return [...wrong].map(([name, falsePages]) => rowOf(name, run, { prober: prober.get(name) ?? [], region: region.get(name) ?? [], falsePages }));
}

function ourDelays(world: World, kind: CrashKind, count: number): number[] {
  return drawCrashes(world, kind, count).map((crash) => {
    const window = { from: crash.at - warmUpMs(world) - minute, judgedFrom: crash.at, to: crash.at + 30 * minute };
    const page = firstPage(new Episode(world, crash), window);
    return page === undefined ? Number.POSITIVE_INFINITY : (page.at - crash.at) / second;
  });
}

interface Measured {
  readonly prober: readonly number[];
  readonly region: readonly number[];
  readonly falsePages: number;
}

function rowOf(detector: string, { setting, years }: Run, { prober, region, falsePages }: Measured): Row {
  const [low, high] = poissonBounds(falsePages);
  return {
    detector,
    setting: setting.name,
    isOurs: false,
    prober: summary(prober),
    region: summary(region),
    together: summary([...prober, ...region]),
    falsePages,
    years,
    falsePerYear: falsePages / years,
    falseBounds: [low / years, high / years],
  };
}

function summary(delays: readonly number[]): Delays {
  const sorted = Float64Array.from(delays).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
