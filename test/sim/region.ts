/** One simulated region: its functions on their schedules. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { type FunctionRole, functionRoles } from '../../src/core/names';
import type { Ports } from '../../src/engine/ports';
import type { Clocks } from './clocks';
import type { Engine } from './engine';
import type { Environment } from './environment';
import type { Events } from './events';
import { Lambda } from './lambda';
import { Random } from './random';
import { Schedule } from './schedule';

/** What answers in every region as long as its network works. */
export const canaryUrl = 'https://table.example/';

/** An invocation that loops over its slots may overlap its successor by this much before it is killed. */
const timeoutMs = minute + 30 * second;

export interface RegionParts {
  readonly seed: number;
  readonly config: Config;
  readonly engine: Engine;
  readonly events: Events;
  readonly clocks: Clocks;
  readonly portsFor: (environment: Environment) => Ports;
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

  scheduleOf(role: FunctionRole): Schedule {
    const found = this.functions.find((one) => one.role === role);
    if (found === undefined) throw new Error(`${this.name} has no ${role}`);
    return found.schedule;
  }
}

function runningFunction(region: RegionId, role: FunctionRole, parts: RegionParts): RunningFunction {
  const { events, clocks, config, engine } = parts;
  const lambda = new Lambda(events, {
    region,
    role,
    timeoutMs,
    boot: (environment) => engine({ region, role, config, codeVersion: 'sim', bootId: environment.bootId, canaryUrl }, parts.portsFor(environment)),
    readClock: () => clocks.read(region),
  });
  return { role, lambda, schedule: new Schedule({ events, random: new Random(parts.seed, `schedule ${region} ${role}`), lambda }) };
}
