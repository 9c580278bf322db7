/** What a run of the bench found, and its table. */
import { second } from '../../src/core/basics/time';
import type { Restart } from './killable-system';
import type { Loss } from './ledger';
import type { burdenOf } from './processes';
import type { Returns } from './returns';
import type { OutagesTold, Told } from './told';
import type { Darkness } from './user';

export interface KillsResult {
  readonly kills: number;
  /** How many of each kind. */
  readonly victims: Readonly<Record<string, number>>;
  readonly returned: ReturnType<Returns['list']>;
  readonly restarts: readonly Restart[];
  readonly darknesses: readonly Darkness[];
  /** After the last kill. */
  readonly calmAfterMs: number;
  readonly loss: Loss;
  readonly told: Told;
  readonly outage: OutagesTold;
  readonly burden: { readonly before: Burdens; readonly after: Burdens };
  /** In sentences. */
  readonly wrong: readonly string[];
}

type Burdens = Readonly<Record<string, ReturnType<typeof burdenOf>>>;

export function rowsOf(result: KillsResult): readonly (readonly [what: string, figures: string])[] {
  const { kills, victims, calmAfterMs, loss, burden } = result;
  return [
    ['kills', `${kills}: ${pairs(victims)}`],
    ...comebackRows(result),
    ['calm', `${seconds(calmAfterMs)} after the last kill`],
    ['kept', `${loss.beats} beats, ${loss.entries} log entries, ${loss.receipts} receipts; ${loss.lost.length} lost`],
    ...toldRows(result),
    ['before', weight(burden.before)],
    ['after', weight(burden.after)],
  ];
}

function comebackRows({ returned, restarts, darknesses }: KillsResult): readonly (readonly [string, string])[] {
  const named = darknesses.flatMap(({ namedAfterMs }) => namedAfterMs ?? []);
  const spread = ({ times, medianMs, mostMs }: KillsResult['returned'][string]): string =>
    `${times} times, after ${seconds(medianMs)} (median), ${seconds(mostMs)} at most`;
  return [
    ...Object.entries(returned).map(([kind, returns]) => [`${kind} came back by itself`, spread(returns)] as const),
    ['started again', `${restarts.length} times, up after at most ${seconds(Math.max(0, ...restarts.map(({ upAfterMs }) => upAfterMs)))}`],
    ['regions gone dark', `${darknesses.length}, ${named.length} of them named by an incident after at most ${seconds(Math.max(0, ...named))}`],
  ];
}

function toldRows({ told, outage }: KillsResult): readonly (readonly [string, string])[] {
  return [
    ['messages', `${told.messages} of ${told.transitions} transitions, by how often each was told: ${pairs(told.times)}`],
    ['deliveries', `${told.repeatedDeliveries} repeated, ${told.undelivered.length} lost; ${told.alarms} messages of alarms`],
    [
      `outages longer than ${seconds(outage.boundMs)}`,
      `${outage.long}, told: ${outage.told}, after ${seconds(outage.medianMs)} (median), ${seconds(outage.mostMs)} at most`,
    ],
  ];
}

const pairs = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');

const weight = (burdens: Burdens): string =>
  Object.entries(burdens)
    .map(([name, { memoryMb, files }]) => `${name} ${memoryMb} MB, ${files} files`)
    .join('; ');

const seconds = (ms: number | null): string => (ms === null ? '-' : `${(ms / second).toFixed(1)} s`);
