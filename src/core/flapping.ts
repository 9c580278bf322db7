/**
 * A subject that goes to and fro is told once as flapping, and then no more until it is calm. Only what is said of monitors is ever muted:
 * the dead-man's switch speaks whenever it has something to say. All of it follows from the logs, so every region finds the same.
 */
import { type Instant, instant } from './basics/brand';
import { minute } from './basics/time';
import { isGraver, isOfMonitor } from './condition';
import type { Severity } from './config/config';
import type { Incident, IncidentTransition } from './incident';

/** The score grows by one with each change, and halves in this time. */
const halfLifeMs = 30 * minute;
const flapsAbove = 4;
const calmBelow = 1.5;
/** Calm takes so much time without a change as well. */
const quietMs = 30 * minute;

/** One stretch of changes that are told as a whole. */
export interface Storm {
  /** The change with which it was too much: the one that is told as flapping. */
  readonly first: Step;
  /** Every change that belongs to it, those that led to it included, in order of time. */
  readonly steps: readonly Step[];
  /** As grave as the gravest of what led to it. */
  readonly severity: Severity;
  /** What is told of it: so many changes in so much time. */
  readonly told: Flaps;
  /** When it was calm again; nothing while it is not. */
  readonly calmAt?: Instant | undefined;
  /** Whether nothing has changed since it was calm. */
  readonly isLatest: boolean;
}

export interface Flaps {
  readonly changes: number;
  readonly withinMs: number;
}

export interface Step {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  /** As its writer's clock had it, and never before what came before it in its incident. */
  readonly at: Instant;
}

export interface Known {
  readonly now: Instant;
  /** Whether a change is known to have been told as flapping, which it then stays. */
  readonly wasTold: (step: Step) => boolean;
  /** Whether a change came when nobody wanted to hear of it. It makes no storm: what is wrong after the quiet must be told, and not be muted by what was not. */
  readonly wasQuiet: (step: Step) => boolean;
}

/** The storm that each change belongs to. */
export function stormsIn(incidents: readonly Incident[], known: Known): ReadonlyMap<IncidentTransition, Storm> {
  const storms = [...stepsByKey(incidents).values()].flatMap((steps) => stormsOf(steps, known));
  return new Map(storms.flatMap((storm) => storm.steps.map(({ transition }) => [transition, storm] as const)));
}

function stepsByKey(incidents: readonly Incident[]): ReadonlyMap<string, readonly Step[]> {
  const byKey = new Map<string, Step[]>();
  for (const incident of incidents) {
    if (!isOfMonitor(incident.family)) continue;
    const steps = byKey.get(incident.key) ?? [];
    byKey.set(incident.key, steps);
    let at = incident.openedAt;
    for (const transition of incident.transitions) {
      at = instant(Math.max(at, transition.entries[0].at));
      steps.push({ incident, transition, at });
    }
  }
  return byKey;
}

function stormsOf(unordered: readonly Step[], { now, wasTold, wasQuiet }: Known): readonly Storm[] {
  // Each change adds no more than one to the score.
  if (unordered.length <= flapsAbove && !unordered.some(wasTold)) return [];
  const storms: Storm[] = [];
  let steps: Step[] = [];
  let first: Step | undefined;
  let score = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  const isLoud = (step: Step): boolean => wasTold(step) || !wasQuiet(step);
  const close = (calmAt: Instant | undefined, isLatest: boolean): void => {
    if (first !== undefined) storms.push({ ...toldOf(steps.filter(isLoud), first), steps, calmAt, isLatest });
  };
  for (const step of [...unordered].sort((one, other) => one.at - other.at)) {
    const { at } = step;
    const calmAt = calmAfter(score, lastAt);
    if (at >= calmAt) {
      close(instant(calmAt), false);
      [steps, first] = [[], undefined];
    }
    steps.push(step);
    if (!isLoud(step)) continue;
    score = faded(score, at - lastAt) + 1;
    lastAt = at;
    if (first === undefined && (score > flapsAbove || wasTold(step))) first = step;
  }
  const calmAt = calmAfter(score, lastAt);
  close(now >= calmAt ? instant(calmAt) : undefined, true);
  return storms;
}

const faded = (score: number, ms: number): number => score * 2 ** (-Math.max(0, ms) / halfLifeMs);

const calmAfter = (score: number, lastAt: number): number => lastAt + Math.max(quietMs, Math.ceil(halfLifeMs * Math.log2(score / calmBelow)));

/** What is told of a storm: of the changes that nobody kept quiet. */
function toldOf(loud: readonly Step[], first: Step): Pick<Storm, 'first' | 'severity' | 'told'> {
  const before = loud.slice(0, loud.indexOf(first) + 1);
  const told = { changes: before.length, withinMs: first.at - (before[0] ?? first).at };
  return { first, severity: gravestOf(before), told };
}

const gravestOf = (steps: readonly Step[]): Severity =>
  steps.reduce<Severity>((gravest, { transition }) => (isGraver(transition.severity, gravest) ? transition.severity : gravest), 'note');

/** What a storm makes of one of its changes. */
export type Hush = 'told-as-flapping' | 'muted' | 'free';

/** What is graver than all that came before it in the storm is told all the same. */
export function hushOf({ first, steps, calmAt, isLatest }: Storm, transition: IncidentTransition): Hush {
  if (calmAt === undefined && transition === first.transition) return 'told-as-flapping';
  if (calmAt !== undefined && isLatest && transition === steps.at(-1)?.transition) return 'free';
  const index = steps.findIndex((step) => step.transition === transition);
  return index > steps.indexOf(first) && isGraver(transition.severity, gravestOf(steps.slice(0, index))) ? 'free' : 'muted';
}
