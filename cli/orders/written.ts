/** What stands on the command line → what is asked for. */
import { userInfo } from 'node:os';
import { parseTime } from '../../src/core/basics/time';
import { parseDuration } from '../../src/core/config/durations';
import type { Request } from '../../src/core/orders/request';
import { CannotAsk } from '../local-http';

export interface Written {
  readonly for?: string;
  readonly from?: string;
  readonly group?: readonly string[];
  readonly all?: boolean;
  readonly by?: string;
  readonly why?: string;
}

/** Throws CannotAsk with what to write instead. */
export function requestOf(kind: Request['kind'], of: readonly string[], { for: written, from, group, all, by, why }: Written): Request {
  return { kind, of, groups: group, all, forMs: readFor(written), from: readFrom(from), by: by ?? ownName(), why };
}

function readFor(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const ms = parseDuration(written);
  if (ms === undefined) throw new CannotAsk(`"${written}" is no duration; write it with its unit, as in --for 2h`);
  return ms;
}

const zoned = /(Z|[+-]\d{2}:\d{2})$/;

/** Without a zone it would mean another time on another machine. */
function readFrom(written: string | undefined): Request['from'] {
  if (written === undefined) return undefined;
  const time = zoned.test(written) ? parseTime(written) : undefined;
  if (time === undefined) throw new CannotAsk(`"${written}" is no time with a zone; write it as in --from 2026-11-21T22:00:00Z`);
  return time;
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
