/** From what is found of a monitor that calls us to what a round records of it. */
import { ageText, utcTime } from '../basics/time';
import { type Attempt, noPhases, type Reason } from '../observation';
import type { Deadline, Found } from './judging';
import type { Ping } from './ping';

/** Undefined where nothing can be said: it never called, or the next round will know. */
export function attemptOf(found: Found, graceMs: number): Attempt | undefined {
  switch (found.kind) {
    case 'never':
    case 'undecided':
      return undefined;
    case 'well':
      return attempt('ok', '');
    case 'failed':
      return attempt('heartbeat-failed', failureWords(found.last));
    case 'late':
      return attempt('heartbeat-late', lateWords(found.deadline, { graceMs, last: found.last }));
    case 'dark':
      return attempt('inbox-dark', `the inbox of ${found.inboxes.join(' and ')} was not seen at work: silence proves nothing`);
  }
}

const attempt = (reason: Reason, detail: string): Attempt => ({ reason, detail, phases: noPhases });

function failureWords({ at, exitCode, said }: Ping): string {
  const how = exitCode === undefined ? 'it said that it failed' : `it ended with ${exitCode}, wanted 0`;
  return `${how} at ${utcTime(at)}${said === undefined ? '' : `: ${said}`}`;
}

function lateWords({ at, due, missing }: Deadline, { graceMs, last }: { readonly graceMs: number; readonly last: Ping | undefined }): string {
  const grace = ageText(graceMs);
  if (missing === 'end') return `no end by ${utcTime(at)} of the run that began at ${utcTime(due)}, grace ${grace}`;
  const before = last === undefined ? '' : `; last ping at ${utcTime(last.at)}`;
  return `no ping by ${utcTime(at)}, due at ${utcTime(due)}, grace ${grace}${before}`;
}
