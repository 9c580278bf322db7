/** The words of the command line that name links and times, or a sentence about what is wrong with them. */
import { minute, second } from '../../src/core/basics/time';
import { parseDuration } from '../../src/core/config/durations';
import { clockOffMsMost } from '../../src/core/promises';
import { DrillRefused } from './local-api';
import type { Way } from './plans';

/** `a:b` is the link in both directions, `a>b` what goes from a to b. */
export function readLink(text: string): Way & { readonly both: boolean } {
  const separator = text.includes('>') ? '>' : ':';
  const [from, to, ...more] = text.split(separator);
  if (from && to && more.length === 0 && from !== to) return { from, to, both: separator === ':' };
  throw new DrillRefused(`"${text}" is no link; write two regions, as in eu-west-1:us-east-2, or "eu-west-1>us-east-2" for one direction`);
}

export function readWay(text: string): Way {
  const { from, to, both } = readLink(text);
  if (both) throw new DrillRefused(`"${text}" names two directions, and replication is late in one; write "${from}>${to}"`);
  return { from, to };
}

export function readFor(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const forMs = parseDuration(text);
  if (forMs !== undefined && forMs >= second && forMs <= 60 * minute) return forMs;
  throw new DrillRefused(`--for "${text}" is no duration between 1s and 1h; write for instance 90s`);
}

export function readLag(text: string): number {
  const lagMs = parseDuration(text);
  if (lagMs !== undefined && lagMs >= second && lagMs <= 60 * minute) return lagMs;
  throw new DrillRefused(`"${text}" is no lag between 1s and 1h; write for instance 10m`);
}

/** `+4m` or `-30s`. */
export function readOff(text: string): number {
  const size = parseDuration(text.replace(/^[+-]/, ''));
  if (size !== undefined && size > 0 && size <= clockOffMsMost) return text.startsWith('-') ? -size : size;
  throw new DrillRefused(`"${text}" is no time by which a clock is off, up to 5m, for which anything is promised; write for instance +4m or -4m`);
}
