/** One simulated region: its functions on their schedules. */
import { instant, type RegionId } from '../../src/core/basics/brand';
import { hour, minute, second } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { type FunctionRole, functionRoles } from '../../src/core/names';
import type { Ports } from '../../src/engine/ports';
import type { BadDeploy } from './afflictions';
import type { Clocks } from './clocks';
import type { Engine, Handler } from './engine';
import type { Environment } from './environment';
import type { Events } from './events';
import { Lambda } from './lambda';
import { Random } from './random';
import { Schedule } from './schedule';

/** What answers in every region as long as its network works. */
const canaryUrl = 'https://table.example/';

/** An invocation that loops over its slots may overlap its successor by this much before it is killed. */
const timeoutMs = minute + 30 * second;

export interface RegionParts {
  readonly seed: number;
  readonly config: Config;
  readonly engine: Engine;
  readonly events: Events;
  readonly clocks: Clocks;
  readonly portsFor: (environment: Environment) => Ports;
  /** What was deployed badly there, if anything. */
  readonly badDeployOf: (region: RegionId) => BadDeploy | undefined;
}

interface RunningFunction {
  readonly role: FunctionRole;
  readonly lambda: Lambda;
  readonly schedule: Schedule;
}

export class Region {
  readonly name: RegionId;
  readonly functions: readonly RunningFunction[];

  constructor(name: RegionId, parts: RegionParts) {
    this.name = name;
    const roles = parts.config.regions.probers.includes(name) ? functionRoles : functionRoles.filter((role) => role !== 'prober');
    this.functions = roles.map((role) => runningFunction(name, role, parts));
  }

  start(): void {
    for (const { schedule } of this.functions) schedule.start();
  }

  /** Kills what runs and starts nothing until the returned function is called. */
  stop(): () => void {
    const resumptions = this.functions.map(({ schedule }) => schedule.suspend());
    for (const { lambda } of this.functions) lambda.killAll();
    return () => {
      for (const resume of resumptions) resume();
    };
  }

  /** Nothing runs and nothing is lost until the returned function is called. */
  sleep(): () => void {
    const wakings = this.functions.flatMap(({ schedule, lambda }) => [schedule.suspend(), lambda.sleep()]);
    return () => {
      for (const wake of wakings) wake();
    };
  }

  /** Ends every environment of a function, as a deployment or a crash does: the next invocation starts a new one. */
  restart(role: FunctionRole): void {
    this.functionOf(role).lambda.killAll();
  }

  lambdaOf(role: FunctionRole): Lambda {
    return this.functionOf(role).lambda;
  }

  scheduleOf(role: FunctionRole): Schedule {
    return this.functionOf(role).schedule;
  }

  private functionOf(role: FunctionRole): RunningFunction {
    const found = this.functions.find((one) => one.role === role);
    if (found === undefined) throw new Error(`${this.name} has no ${role}`);
    return found;
  }
}

function runningFunction(region: RegionId, role: FunctionRole, parts: RegionParts): RunningFunction {
  const { events, config } = parts;
  const lambda = new Lambda(events, {
    region,
    role,
    timeoutMs,
    boot: (environment) => deployed(environment, parts),
  });
  return {
    role,
    lambda,
    schedule: new Schedule({ events, random: new Random(parts.seed, `schedule ${region} ${role}`), lambda, turnMs: turnOf(role, config) }),
  };
}

/** With beats of a minute the watchdog's turn comes half a minute after the prober's. */
const turnOf = (role: FunctionRole, { beatIntervalMs }: Config): number => (role === 'watchdog' && beatIntervalMs >= minute ? minute / 2 : 0);

/** The code of a function as it was deployed: well, or badly. */
function deployed(environment: Environment, { config, engine, portsFor, badDeployOf }: RegionParts): Handler {
  const { region, role, bootId } = environment;
  const bad = badDeployOf(region);
  if (bad === 'throws') return () => Promise.reject(new Error('the deployed code throws'));
  if (bad === 'hangs') return () => new Promise(() => undefined);
  const known = bad === 'empty' ? { ...config, monitors: [], hash: 'empty', madeAt: instant(config.madeAt + hour) } : config;
  if (role === 'inbox') throw new Error('an inbox runs on no schedule');
  return engine({ region, role, config: known, codeVersion: 'sim', bootId, canaryUrl }, portsFor(environment));
}
