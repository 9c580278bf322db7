/** All drills: what each does to the system that runs there, and what is promised of it. */
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { dedupKey, monitoringSubject, proberSubject, watchdogSubject } from '../../src/core/log';
import { speakersInOrder } from '../../src/core/speaker';
import { DrillRefused, type LocalRegion, type LocalView } from './local-api';
import { secondsText } from './outcome';
import type { Plan, Quiet, ToBeTold } from './plan';

export interface Asked {
  readonly local: LocalView;
  /** How long the fault lasts, where the user said so. */
  readonly forMs: number | undefined;
}

export type RegionalDrill = 'kill' | 'kill-prober' | 'freeze' | 'stop' | 'skip' | 'throttle' | 'store';

/** Throws DrillRefused for a region that there is not, or that has not what the drill would take away. */
export function regionalPlan(drill: RegionalDrill, name: string, { local, forMs }: Asked): Plan {
  const region = regionNamed(local, name);
  if (drill === 'kill' && region.role === 'witness') return killedWitness(region, { local, forMs });
  if (needsProber.includes(drill) && region.role === 'witness') throw new DrillRefused(`${name} is a witness: it has no prober`);
  if (local.regions.length === 1) throw new DrillRefused(`there is no other region that could tell of ${name}`);
  const common = { drill, on: name, does: doings[drill](name), order: { kind: drill, region: name }, regions: [name] };
  return { ...common, expects: regionalExpectation(drill, name, { local, forMs }) };
}

const needsProber: readonly RegionalDrill[] = ['kill-prober', 'freeze', 'stop', 'skip'];

const doings: Readonly<Record<RegionalDrill, (region: string) => string>> = {
  kill: (region) => `${region} is killed: its edge, its database and its functions`,
  'kill-prober': (region) => `the prober of ${region} is killed, and again whenever its schedule or a poke starts it`,
  freeze: (region) => `the prober of ${region} is frozen (SIGSTOP), and so is each that is started`,
  stop: (region) => `the schedule of the prober of ${region} is off; the invocation that runs goes on to its end`,
  skip: (region) => `the prober of ${region} leaves out every second monitor`,
  throttle: (region) => `the table of ${region} refuses every call: too many of them`,
  store: (region) => `the database of ${region} hangs (SIGSTOP)`,
};

function regionalExpectation(drill: RegionalDrill, region: string, { local, forMs }: Asked): ToBeTold | Quiet {
  const { promises } = local;
  const ofProber = { kind: 'told', subject: proberSubject(region as RegionId), family: 'watch', notBy: [], forMs } as const;
  switch (drill) {
    case 'kill':
      return { ...ofProber, notBy: [region], boundMs: promises.darkMs };
    case 'kill-prober':
      return { ...ofProber, boundMs: promises.silentMs };
    case 'freeze':
      return { ...ofProber, boundMs: promises.hungMs };
    case 'stop':
      return { ...ofProber, boundMs: promises.stoppedMs, lastRound: { of: region, withinMs: promises.lastInvocationMs } };
    case 'skip':
      return { ...ofProber, family: 'coverage', boundMs: promises.skippingMs };
    case 'throttle':
      return { ...ofProber, subject: watchdogSubject(region as RegionId), boundMs: promises.refusedMs };
    case 'store':
      return quiet({ local, forMs });
  }
}

/** A witness has no prober: that its watchdog is gone is what the others tell. */
function killedWitness({ name }: LocalRegion, { local, forMs }: Asked): Plan {
  return {
    drill: 'kill',
    on: name,
    does: `${doings.kill(name)}; it is a witness`,
    order: { kind: 'kill', region: name },
    regions: [],
    expects: { kind: 'told', subject: watchdogSubject(name as RegionId), family: 'watch', notBy: [name], boundMs: local.promises.watchdogMs, forMs },
  };
}

export function bothPlan({ local, forMs }: Asked): Plan {
  const probers = probersOf(local);
  if (probers.length === local.regions.length) throw new DrillRefused('there is no witness, so nobody would be left to tell that all probers are dark');
  return {
    drill: 'both',
    on: probers.join('+'),
    does: `every region that probes is killed: ${probers.join(' and ')}`,
    order: { kind: 'both' },
    regions: probers,
    expects: { kind: 'told', subject: monitoringSubject, family: 'coverage', notBy: probers, boundMs: local.promises.unwatchedMs, forMs },
  };
}

/** A topic that nobody needs tells nothing, so another region's prober is killed: best one of whom this region would speak first. */
export function mutePlan(name: string, { local, forMs }: Asked): Plan {
  regionNamed(local, name);
  const others = probersOf(local).filter((prober) => prober !== name);
  const dying = others.find((prober) => firstSpeakerOf(prober, local) === name) ?? others[0];
  if (dying === undefined) throw new DrillRefused(`no region but ${name} has a prober, of which there could be something to say`);
  const isFirst = firstSpeakerOf(dying, local) === name;
  return {
    drill: 'mute',
    on: name,
    does: `the topic of ${name} accepts nothing, and the prober of ${dying} is killed, of which ${isFirst ? `${name} must speak first` : 'another region speaks first'}`,
    order: { kind: 'mute', region: name, dying },
    regions: [dying],
    expects: { kind: 'told', subject: proberSubject(dying as RegionId), family: 'watch', notBy: [], boundMs: local.promises.silentMs, forMs },
  };
}

function firstSpeakerOf(prober: string, { regions }: LocalView): string | undefined {
  const others = regions.map(({ name }) => name as RegionId).filter((name) => name !== prober);
  return speakersInOrder(dedupKey(proberSubject(prober as RegionId), 'watch'), others)[0];
}

export interface Way {
  readonly from: string;
  readonly to: string;
}

export function cutPlan({ from, to, both }: Way & { readonly both: boolean }, { local, forMs }: Asked): Plan {
  for (const end of [from, to]) regionNamed(local, end);
  const does = both
    ? `the link of ${from} and ${to} is cut`
    : `nothing that ${from} asks of ${to} arrives there, nor what it replicates; the other direction works`;
  const order = { kind: 'cut', from, to, both };
  return { drill: 'cut', on: `${from}${both ? ':' : '>'}${to}`, does, order, regions: [from, to], expects: quiet({ local, forMs }) };
}

/** What is written at `from` reaches `to` late. A while of it wakes nobody; after five minutes it is a ticket. */
export function lagPlan({ from, to, lagMs }: Way & { readonly lagMs: number }, { local, forMs }: Asked): Plan {
  for (const end of [from, to]) regionNamed(local, end);
  const { promises, tolerateMs } = local;
  const isProber = regionNamed(local, from).role === 'prober';
  const isTold = isProber && lagMs >= promises.replicationMs && (forMs ?? promises.replicationMs) >= promises.replicationMs;
  const told: ToBeTold = { kind: 'told', subject: proberSubject(from as RegionId), family: 'watch', notBy: [], boundMs: promises.replicationMs, forMs };
  return {
    drill: 'lag',
    on: `${from}>${to}`,
    does: `what ${from} writes reaches ${to} ${secondsText(lagMs)} late${lagMs > tolerateMs ? ', which is more than is tolerated' : ''}`,
    order: { kind: 'lag', from, to, lagMs },
    regions: [from],
    expects: isTold ? told : quiet({ local, forMs }),
  };
}

export function clockPlan({ region, offMs }: { readonly region: string; readonly offMs: number }, { local, forMs }: Asked): Plan {
  regionNamed(local, region);
  return {
    drill: 'clock',
    on: region,
    does: `the clock of every function in ${region} is ${secondsText(Math.abs(offMs))} ${offMs < 0 ? 'slow' : 'fast'}`,
    order: { kind: 'clock', region, offMs },
    regions: [region],
    expects: quiet({ local, forMs }),
  };
}

/** Long enough that a region which fell silent would have been told of. */
const quiet = ({ local, forMs }: Asked): Quiet => ({ kind: 'quiet', forMs: forMs ?? local.promises.darkMs + 10 * second });

export const probersOf = ({ regions }: LocalView): readonly string[] => regions.filter(({ role }) => role === 'prober').map(({ name }) => name);

function regionNamed({ regions }: LocalView, name: string): LocalRegion {
  const region = regions.find((known) => known.name === name);
  if (region === undefined) throw new DrillRefused(`there is no region "${name}"; there are: ${regions.map((known) => known.name).join(', ')}`);
  return region;
}
