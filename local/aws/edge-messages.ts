/** What the supervisor and the edges tell each other over IPC. */
import type { RegionId } from '../../src/core/basics/brand';
import type { AlarmDefinition, AlarmState } from './alarm/definition';
import type { Faults } from './faults';
import type { FilterPolicy } from './filter-policy';

export interface EdgeSpec {
  readonly region: RegionId;
  /** Twelve digits, such as `000000000000`. */
  readonly account: string;
  /** 0 chooses a free one; a restarted edge is given the port it had, since its peers and clients know it. */
  readonly port: number;
  /** The folder of this region alone; mails of all regions go to `mail/` beside it. */
  readonly dataDir: string;
  readonly engine: 'dynoxide' | 'dynalite' | 'auto';
  /** The bundle of `local/bootstrap.ts`, which every Lambda environment runs. */
  readonly bootstrapFile: string;
  /** The folder whose `node_modules` holds the packages of the database engines. */
  readonly packageRoot: string;
  /** The other regions that hold a replica of the table, known before any of them can be reached. */
  readonly replicas: readonly RegionId[];
  readonly functions: readonly FunctionSpec[];
  readonly subscriptions: readonly Subscription[];
  /** Whether alarms have a topic of their own, with the same subscriptions and without filter policies. */
  readonly hasAlarmTopic?: boolean | undefined;
  /** Those of this region's CloudWatch, each with a name of its own. */
  readonly alarms: readonly AlarmDefinition[];
  /** How many times faster than ours the clock of CloudWatch runs, its minutes and the times it writes; 1 where it is left out. For tests. */
  readonly alarmClockRate?: number | undefined;
  /** Each item is delayed by a random time in this range, so that items of different keys arrive out of order. */
  readonly replicationLagMs: { readonly min: number; readonly max: number };
  /** How long between two looks for items whose time to live has passed; usually 2 s. */
  readonly expiryPageMs?: number | undefined;
  /** What Secrets Manager and Parameter Store hold; both are empty without it. */
  readonly secretsFile?: string | undefined;
}

export interface FunctionSpec {
  /** Such as `twinwatch-prober`. */
  readonly name: string;
  /** Holds `index.mjs`, which exports `handler`, and what travels beside it. */
  readonly bundleDir: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly schedule?: ScheduleSpec | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export interface ScheduleSpec {
  readonly everyMs: number;
  /** First after this, then on each wall-clock multiple of `everyMs`. */
  readonly firstAfterMs: number;
  /** So long a queue holds each turn back before the function gets it, but for the first. Without it the function is invoked directly. */
  readonly delayMs?: number | undefined;
}

export interface Subscription {
  readonly name: string;
  readonly protocol: 'http' | 'https' | 'email' | 'sms' | 'sqs' | 'lambda';
  /** Of a function, its name. */
  readonly endpoint: string;
  /** Which messages it wants, by their attributes, as SNS has it; all where it is left out. */
  readonly filterPolicy?: FilterPolicy | undefined;
}

export type EngineName = 'dynoxide' | 'dynalite';

export type ToEdge =
  | { readonly kind: 'start'; readonly spec: EdgeSpec }
  /** Where the other edges are, such as `{ 'us-east-2': 'http://127.0.0.1:4312' }`. */
  | { readonly kind: 'peers'; readonly peers: Readonly<Record<string, string>> }
  /** How calls from this edge to that region fare, replication included; with a lag, replication alone is so late. */
  | { readonly kind: 'link'; readonly to: RegionId; readonly cut: boolean; readonly delayMs: number; readonly lagMs?: number | undefined }
  | { readonly kind: 'faults'; readonly faults: Faults }
  | { readonly kind: 'schedule'; readonly function: string; readonly on: boolean }
  | { readonly kind: 'stop' };

export type FromEdge = Ready | Failed | ProcessEvent | DeliveryEvent | InvocationFailed | AlarmEvent | Trouble;

export interface Ready {
  readonly kind: 'ready';
  readonly port: number;
  readonly engine: EngineName;
}

/** The edge could not start and exits with code 1. */
interface Failed {
  readonly kind: 'failed';
  readonly problem: string;
}

/** A child of the edge: `engine`, or an environment under the name of its function. */
export interface ProcessEvent {
  readonly kind: 'process';
  readonly name: string;
  readonly pid: number;
  readonly event: 'started' | 'ended';
  readonly code?: number | undefined;
  readonly signal?: string | undefined;
}

export interface DeliveryEvent {
  readonly kind: 'delivery';
  readonly topic: string;
  readonly subscription: string;
  readonly protocol: Subscription['protocol'];
  readonly endpoint: string;
  readonly messageId: string;
  /** `failed` is a refusal that no retry can mend; `given-up` is the end of the retries. */
  readonly status: 'delivered' | 'failed' | 'retrying' | 'given-up';
  readonly attempts: number;
  /** ISO time. */
  readonly at: string;
  readonly detail: string;
}

interface InvocationFailed {
  readonly kind: 'invocation';
  readonly function: string;
  readonly error: string;
}

export interface AlarmEvent {
  readonly kind: 'alarm';
  readonly name: string;
  readonly description: string;
  readonly state: AlarmState;
  readonly reason: string;
  /** ISO time at which it took this state. */
  readonly since: string;
  /** False where an edge that starts says how things were left. */
  readonly isNews: boolean;
}

/** It goes on, and cannot keep what it is told. */
interface Trouble {
  readonly kind: 'trouble';
  readonly problem: string;
}

export type Tell = (message: FromEdge) => void;
