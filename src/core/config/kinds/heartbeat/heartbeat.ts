/** `heartbeat`: the target calls us, and is missed when it does not. */
import { minute } from '../../../basics/time';
import { parseDuration } from '../../durations';
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap } from '../../plain-value';
import { hasReference } from '../../references';
import type { Kind } from '../kind';
import type { HeartbeatProbe, HeartbeatTimes } from './probe';
import { heartbeatRules, tokenAdvice } from './rules';
import { type HeartbeatSource, heartbeatSchema } from './schema';

const graceMsByDefault = 5 * minute;

export const heartbeat: Kind<'heartbeat', typeof heartbeatSchema, HeartbeatProbe> = {
  key: 'heartbeat',
  schema: heartbeatSchema,
  rules: heartbeatRules,
  example: `heartbeat: { every: 1h, grace: 5m, token: "\${env:BACKUP_TOKEN}" }`,
  isSureAtOnce: true,
  build,
  target,
  addresses: () => [],
  quarrels,
};

function build({ token, grace, ...source }: HeartbeatSource): HeartbeatProbe {
  return { kind: 'heartbeat', token, times: timesOf(source), graceMs: parseDuration(grace) ?? graceMsByDefault };
}

function timesOf({ every, cron, timezone }: Omit<HeartbeatSource, 'token' | 'grace'>): HeartbeatTimes {
  if (cron !== undefined) return { kind: 'cron', cron, timezone: timezone ?? 'UTC' };
  return { kind: 'every', everyMs: parseDuration(every) ?? 0 };
}

function target(written: unknown): string {
  const { every, cron, timezone = 'UTC' } = isMap(written) ? written : ({} as PlainMap);
  return cron === undefined ? `pings us every ${every}` : `pings us by ${cron} ${timezone}`;
}

function quarrels(value: unknown, { written }: Parameters<NonNullable<Kind<'heartbeat', typeof heartbeatSchema, HeartbeatProbe>['quarrels']>>[1]) {
  if (!isMap(value)) return [];
  const faults: Fault[] = [];
  if (value.timezone !== undefined && value.every !== undefined) {
    faults.push({ path: ['timezone'], problem: 'a ping that is due by `every` knows no time zone', advice: 'remove it, or write `cron`' });
  }
  if (isMap(written) && typeof written.token === 'string' && !hasReference(written.token)) {
    const problem = 'a token that stands in this file is known to everybody who may read it';
    faults.push({ path: ['token'], problem, advice: `write \${env:NAME}, and ${tokenAdvice}` });
  }
  return faults;
}
