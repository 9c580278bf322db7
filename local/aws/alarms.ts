/** CloudWatch's alarms of one region, each looked at on its own clock; a change of state is told to the topic of the region. */
import { join } from 'node:path';
import { AlarmFile } from './alarm/alarm-file';
import { type AlarmDefinition, type AlarmMemory, type MetricName, newAlarm } from './alarm/definition';
import { type DataPoint, evaluate } from './alarm/evaluation';
import { type AlarmMessage, alarmMessage } from './alarm/message';
import { evaluatedEveryMs, refusalOf } from './alarm/rules';
import type { EdgeSpec, Tell } from './edge-messages';

export interface AlarmsParts {
  readonly spec: Pick<EdgeSpec, 'region' | 'account' | 'dataDir' | 'alarms' | 'alarmClockRate'>;
  /** Oldest first. */
  readonly pointsOf: (metric: MetricName) => readonly DataPoint[];
  readonly publish: (message: AlarmMessage) => void;
  readonly tell: Tell;
  readonly now: () => number;
}

/** A longer pause than a busy machine makes: it slept or was frozen, and nothing could be heard meanwhile. */
const pauseMsMin = 10_000;

export class Alarms {
  readonly #parts: AlarmsParts;
  readonly #rate: number;
  readonly #file: AlarmFile;
  readonly #memories: Map<string, AlarmMemory>;
  readonly #dueAt = new Map<string, number>();
  #heardSince = 0;
  #awakeAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Throws for an alarm that CloudWatch would not take. */
  constructor(parts: AlarmsParts) {
    this.#parts = parts;
    this.#rate = parts.spec.alarmClockRate ?? 1;
    this.#file = new AlarmFile(join(parts.spec.dataDir, 'alarms.json'));
    const remembered = this.#file.read();
    this.#memories = new Map(parts.spec.alarms.map((alarm) => [taken(alarm).name, remembered.get(alarm.name) ?? newAlarm(this.#time())]));
  }

  /** From now on points can be heard. Each alarm keeps its state until there is a whole window to judge. */
  start(): void {
    this.#awakeAt = this.#parts.now();
    this.#heardSince = this.#time();
    this.#file.write(this.#memories);
    for (const alarm of this.#parts.spec.alarms) {
      this.#dueAt.set(alarm.name, this.#time() + evaluatedEveryMs(alarm));
      this.#report(alarm, false);
    }
    this.#timer = setInterval(() => this.look(), 1000 / this.#rate);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** At those that are due. */
  look(): void {
    const { now, spec } = this.#parts;
    if (now() - this.#awakeAt > pauseMsMin) this.#heardSince = this.#time();
    this.#awakeAt = now();
    const changed = spec.alarms.filter((alarm) => this.#isDue(alarm) && this.#evaluate(alarm));
    if (changed.length > 0) this.#file.write(this.#memories);
  }

  /** The clock of CloudWatch. */
  #time(): number {
    return this.#parts.now() * this.#rate;
  }

  #isDue(alarm: AlarmDefinition): boolean {
    const time = this.#time();
    const dueAt = this.#dueAt.get(alarm.name) ?? time;
    const everyMs = evaluatedEveryMs(alarm);
    if (time < dueAt) return false;
    this.#dueAt.set(alarm.name, dueAt + (Math.floor((time - dueAt) / everyMs) + 1) * everyMs);
    return true;
  }

  /** Whether there is something to remember. It is told before it is remembered: rather twice than never. */
  #evaluate(alarm: AlarmDefinition): boolean {
    const { spec, publish } = this.#parts;
    const before = this.#memories.get(alarm.name) ?? newAlarm(this.#time());
    const memory = evaluate(alarm, before, { now: this.#time(), points: this.#pointsOf(alarm), heardSince: this.#heardSince });
    if (memory === before) return false;
    this.#memories.set(alarm.name, memory);
    if (memory.state === before.state) return true;
    publish(alarmMessage({ alarm, before: before.state, memory }, spec));
    this.#report(alarm, true);
    return true;
  }

  #pointsOf({ metric }: AlarmDefinition): readonly DataPoint[] {
    const points = this.#parts.pointsOf(metric);
    return this.#rate === 1 ? points : points.map(({ at, value }) => ({ at: at * this.#rate, value }));
  }

  #report({ name, description }: AlarmDefinition, isNews: boolean): void {
    const memory = this.#memories.get(name);
    if (memory === undefined) return;
    const { state, reason, since } = memory;
    this.#parts.tell({ kind: 'alarm', name, description, state, reason, since: new Date(since).toISOString(), isNews });
  }
}

function taken(alarm: AlarmDefinition): AlarmDefinition {
  const refusal = refusalOf(alarm);
  if (refusal !== undefined) throw new Error(`CloudWatch would refuse the alarm ${alarm.name}: ${refusal}`);
  return alarm;
}
