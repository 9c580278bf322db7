/** The frame of one try of any kind: a course with its end, what was contacted, and one reason. */
import { type Attempt, type Phases, totalMs } from '../../core/observation';
import { type Course, startCourse } from './course';
import { type Failure, isFailure } from './failure';
import type { Means } from './means';

/** What is under way. */
export interface Trying {
  readonly course: Course;
  readonly means: Means;
  readonly seen: Seen;
}

export interface Seen {
  /** The address really contacted, with its port. */
  address?: string;
}

export interface Steps<Found extends object> {
  /** Everything that touches the world; what it holds is let go by the course. */
  readonly run: (trying: Trying) => Promise<Found | Failure>;
  /** The first thing that is wrong with what was found, if anything is. */
  readonly judge: (found: Found, phases: Phases) => Failure | undefined;
}

/** Resolves within `timeoutMs`, whatever the steps do. */
export async function tryOut<Found extends object>(timeoutMs: number, means: Means, { run, judge }: Steps<Found>): Promise<Attempt> {
  const course = startCourse(timeoutMs);
  const seen: Seen = {};
  try {
    const outcome = await new Promise<Found | Failure>((resolve, reject) => {
      course.whenCut(resolve);
      run({ course, means, seen }).then(resolve, reject);
    });
    const phases = course.end();
    const failure = isFailure(outcome) ? outcome : judge(outcome, phases);
    return { reason: failure?.reason ?? 'ok', detail: failure?.detail ?? '', phases, address: seen.address };
  } finally {
    course.end();
  }
}

/** All phases together, for findings. */
export const tookText = (phases: Phases): string => `${Math.round(totalMs(phases) * 10) / 10} ms`;

/** For `expect.within` of any kind. */
export function slowFailure(phases: Phases, withinMs: number | undefined): Failure | undefined {
  const tookMs = totalMs(phases);
  if (withinMs === undefined || tookMs <= withinMs) return undefined;
  return { reason: 'slow', detail: `took ${Math.ceil(tookMs)} ms, wanted within ${withinMs} ms` };
}
