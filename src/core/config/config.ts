/** The trusted form of `twinwatch.yaml`: every reference to the environment resolved, every duration in milliseconds. */
import type { Instant, MonitorHash, MonitorId, RegionId } from '../basics/brand';
import type { Scope } from '../scope';
import type { Stretch } from '../timeline';
import type { Channel } from './channels/channel';
import type { Probe } from './kinds/probe';

export type { Channel };

export interface Config {
  /** When this configuration was parsed: the newest one wins where regions differ during a deployment. */
  readonly madeAt: Instant;
  /** Hash of everything that changes what is observed or decided. */
  readonly hash: string;
  readonly regions: Regions;
  /** How often a prober writes a beat: the greatest interval that hits every monitor's grid, at most a minute. */
  readonly beatIntervalMs: number;
  readonly watch: { readonly tolerateMs: number };
  /** Neutral addresses that tell "the peer is gone" from "I am cut off"; may be empty. */
  readonly anchors: readonly string[];
  readonly network: {
    readonly allowPrivate: boolean;
    /** Probers that stand in a private network; absent where none does. Sorted by region. */
    readonly vpc?: readonly VpcPlace[] | undefined;
  };
  readonly channels: readonly Channel[];
  /** Dead-man services outside of all regions, each told by one of them. Sorted by region; may be empty. */
  readonly outside: readonly OutsideSwitch[];
  /** Where `docs/runbook.md` can be read by whoever is woken; links lead there. */
  readonly runbookUrl?: string | undefined;
  /** When work on monitors is planned: absent where none is. */
  readonly maintenance?: readonly Maintenance[] | undefined;
  /** Who is told of what, the first that fits first; where none fits, or there are none, everybody is told. */
  readonly routes?: readonly Route[] | undefined;
  /** How many messages may leave within a time before they are gathered. */
  readonly cap?: Cap | undefined;
  /** What subscribers are told, and of which monitors; of all of them where it is absent. */
  readonly feed?: Feed | undefined;
  /** Sorted by id: the order in which beats are packed. */
  readonly monitors: readonly Monitor[];
}

export interface VpcPlace {
  readonly region: RegionId;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

export interface Regions {
  readonly probers: readonly RegionId[];
  /** A region that only watches. */
  readonly witness?: RegionId | undefined;
}

export interface OutsideSwitch {
  /** Whose watchdog tells it. */
  readonly region: RegionId;
  /** As good as a password: whoever has it can keep the switch quiet. */
  readonly pingUrl: string;
}

/** Planned work: what breaks meanwhile wakes nobody. */
export interface Maintenance {
  readonly of: Scope;
  readonly times: Once | Repeated;
  /** For people. */
  readonly why?: string | undefined;
}

interface Once extends Stretch {
  readonly kind: 'once';
}

interface Repeated {
  readonly kind: 'cron';
  readonly cron: string;
  /** Where the clock hangs that `cron` is read by. */
  readonly timezone: string;
  readonly forMs: number;
}

/** What is left out fits everything. */
export interface Route {
  readonly of?: Scope | undefined;
  readonly severities?: readonly Severity[] | undefined;
  /** What is said of it, such as `down`. */
  readonly verdicts?: readonly string[] | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly channels: readonly string[];
  /** Whether routes after it are looked at as well. */
  readonly goesOn: boolean;
  /** Who else is told when nobody has taken it for so long, the soonest first. */
  readonly escalations: readonly Escalation[];
}

export interface Escalation {
  readonly afterMs: number;
  readonly channels: readonly string[];
}

export interface Cap {
  readonly messages: number;
  readonly withinMs: number;
}

export interface Feed {
  readonly of: Scope;
  readonly title: string;
  /** Where it is published. */
  readonly url?: string | undefined;
}

export type Severity = 'page' | 'ticket' | 'note';

/** How many of the regions with a fresh view must find a monitor down: never more than there are. A majority of two is both. */
export type RegionsToPage = 'all' | 'majority' | 'any' | number;

export interface Monitor {
  readonly id: MonitorId;
  readonly hash: MonitorHash;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Failing samples in a row that make it down. */
  readonly downAfter: number;
  /** Good samples in a row that make it up again. */
  readonly upAfter: number;
  readonly severity: Severity;
  readonly regionsToPage: RegionsToPage;
  /** Monitors that are spoken of together. */
  readonly group?: string | undefined;
  /** What else is known of it, by names that the user chose. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Without which it cannot be well: while one of them is down, nobody is woken for this one. */
  readonly dependsOn?: readonly MonitorId[] | undefined;
  /** What may be shown of the target: references stay references. */
  readonly target: string;
  readonly probe: Probe;
  /** From which family its address is taken; IPv4 where there is one, if nothing is said. */
  readonly family?: AddressFamily | undefined;
  /** How much its host may be asked by each region; as much as there is to ask where it is absent. */
  readonly budget?: HostBudget | undefined;
  /** What references of the probe stand for, the longest first: it is left out of everything that is said. */
  readonly hidden?: readonly string[] | undefined;
  /** References to secrets that its probe holds: whoever probes reads them. */
  readonly secrets?: readonly string[] | undefined;
}

/** Whether we call the target. The others call us. */
export const isProbed = ({ probe }: Monitor): boolean => probe.kind !== 'heartbeat';

export type AddressFamily = 'ipv4' | 'ipv6';

export interface HostBudget {
  /** Monitors of one host share it, whatever their ports. */
  readonly host: string;
  /** Probes under way at the same time. */
  readonly atOnce?: number | undefined;
  /** Probes begun in a second, evenly. */
  readonly perSecond?: number | undefined;
}

/** All regions of a configuration, probers first. */
export function allRegions(regions: Regions): readonly RegionId[] {
  if (regions.witness === undefined) return regions.probers;
  const all = known.get(regions) ?? [...regions.probers, regions.witness];
  known.set(regions, all);
  return all;
}

/** Always the same list, by which more can be known. */
const known = new WeakMap<Regions, readonly RegionId[]>();

/** Raised when a function of this version could not read what an older one wrote, or the other way round. */
const configFileVersion = 6;

/** What travels beside the bundle of each function. */
export const configToJson = (config: Config): string => JSON.stringify({ version: configFileVersion, config });

/** Throws where the text was written by another version. It was validated when it was written, so it is trusted here. */
export function configFromJson(text: string): Config {
  const file = JSON.parse(text) as { readonly version?: unknown; readonly config?: Config } | null;
  if (file?.version !== configFileVersion || file.config === undefined) {
    throw new Error(`the configuration beside this function has version ${String(file?.version)}, not ${configFileVersion}: deploy again`);
  }
  return file.config;
}
