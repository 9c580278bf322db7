/** Go or no-go, from what the probers answered. Whatever is not known is no go. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Config, Monitor } from '../../src/core/config/config';
import type { AskAnswer, Seen } from '../../src/engine/ask';
import type { AskedRegion } from './ask-regions';

/** `not-asked`: nothing speaks against it, but somebody could not be asked, or what was answered does not count. */
export type GateVerdict = 'go' | 'no-go' | 'not-asked';

export const exitCodes: Readonly<Record<GateVerdict, 0 | 1 | 2>> = { go: 0, 'no-go': 1, 'not-asked': 2 };

export interface GateView {
  readonly verdict: GateVerdict;
  readonly times: number;
  readonly regions: readonly GateRegion[];
  readonly monitors: readonly GateMonitor[];
}

export interface GateRegion {
  readonly region: RegionId;
  readonly configHash: string | null;
  readonly codeVersion: string | null;
  /** Whether it has the very configuration of the file that was read. */
  readonly isSameConfig: boolean;
  readonly trouble: string | null;
}

export interface GateMonitor {
  readonly monitor: string;
  readonly region: RegionId;
  readonly ok: number;
  readonly failed: number;
  /** Asked, and nothing that counts was seen; or not asked at all. */
  readonly notSeen: number;
  /** Of the last one that was not well; empty where all were. */
  readonly said: string;
  /** The median of those that were well. */
  readonly ms: number | null;
  readonly address: string;
}

export interface Evidence {
  readonly config: Config;
  readonly monitors: readonly string[];
  readonly times: number;
  readonly asked: readonly AskedRegion[];
}

export function decide({ config, monitors, times, asked }: Evidence): GateView {
  const chosen = config.monitors.filter(({ id }) => monitors.includes(id));
  const rows = chosen.flatMap((monitor) => asked.map((one) => rowOf(monitor, one, times)));
  return { verdict: verdictOf(rows), times, regions: asked.map((one) => regionOf(one, config)), monitors: rows };
}

function verdictOf(rows: readonly GateMonitor[]): GateVerdict {
  if (rows.some(({ failed }) => failed > 0)) return 'no-go';
  return rows.length === 0 || rows.some(({ notSeen }) => notSeen > 0) ? 'not-asked' : 'go';
}

function regionOf({ region, answers, trouble }: AskedRegion, { hash }: Config): GateRegion {
  const last = answers.at(-1);
  return {
    region,
    configHash: last?.configHash ?? null,
    codeVersion: last?.codeVersion ?? null,
    isSameConfig: last?.configHash === hash,
    trouble: trouble ?? null,
  };
}

function rowOf(monitor: Monitor, { region, answers, trouble }: AskedRegion, times: number): GateMonitor {
  const looks = answers.map((answer) => lookOf(monitor, answer));
  const [ok, failed] = [looks.filter(({ outcome }) => outcome === 'ok'), looks.filter(({ outcome }) => outcome === 'failed')];
  const worst = failed.at(-1) ?? looks.findLast(({ outcome }) => outcome === 'not-covered');
  return {
    monitor: monitor.id,
    region,
    ok: ok.length,
    failed: failed.length,
    notSeen: times - ok.length - failed.length,
    said: worst?.said ?? (answers.length < times ? (trouble ?? '') : ''),
    ms: medianOf(ok.map(({ ms }) => ms)),
    address: looks.at(-1)?.address ?? '',
  };
}

interface Look extends Pick<Seen, 'outcome' | 'ms' | 'address'> {
  readonly said: string;
}

/** What was seen of a monitor of another configuration, or by a prober that cannot be believed, is not what was asked for. */
function lookOf({ id, hash }: Monitor, { seen, canaries }: AskAnswer): Look {
  const found = seen.find(({ monitor }) => monitor === id);
  const nothing = { outcome: 'not-covered', ms: 0, address: '' } as const;
  if (found === undefined) return { ...nothing, said: 'the prober there does not have this monitor; deploy first' };
  if (found.hash !== hash) return { ...nothing, said: 'the prober there has this monitor with other settings; deploy first' };
  if (canaries !== 'right') return { ...nothing, said: `the prober there cannot be believed: its canaries read ${canaries}` };
  const { outcome, ms, address, reason, detail } = found;
  return { outcome, ms, address, said: outcome === 'ok' ? '' : `${reason}${detail === '' ? '' : `: ${detail}`}` };
}

function medianOf(times: readonly number[]): number | null {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
