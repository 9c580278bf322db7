/**
 * A minute in which nobody, or only one region, watches, while the target is really down for 40 s of it: who is told, and what is said of that
 * time afterwards. On real processes, frozen and killed. `--gatus PATH` sets Gatus beside it, on the same target, in the same minutes. `--json`.
 * Exits with 1 when one of our own rows is not as it must be.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { columns } from '../cli/drill/columns';
import { second } from '../src/core/basics/time';
import type { ReportView } from '../src/core/views';
import { startGatus } from './blind/gatus';
import { openLittleWeb, type Told } from './blind/little-web';
import { startOwnSystem } from './blind/own-system';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, gatus: { type: 'string' } } });

const [blindMs, downMs] = [60 * second, 40 * second];
const [east, west] = ['us-east-2', 'eu-west-1'];
/** One observation is valid for an interval and what is tolerated; so long after the eyes are gone time may still be known. */
const validMs = 15 * second;

const cases = [
  { name: 'one region frozen', how: 'freeze', regions: [east] },
  { name: 'one region killed', how: 'kill', regions: [east] },
  { name: 'both frozen', how: 'freeze', regions: [east, west] },
  { name: 'both killed', how: 'kill', regions: [east, west] },
] as const;

interface Row {
  readonly name: string;
  readonly outageToldAfterMs: number | null;
  readonly silenceToldAfterMs: number | null;
  readonly silenceText: string | null;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly causes: readonly string[];
  readonly wrong: readonly string[];
  /** Share of good results that Gatus says of its last hour, before and after; null where it was not there. */
  readonly gatus: { readonly told: number; readonly uptimeBefore: number | null; readonly uptimeAfter: number | null } | null;
}

const web = await openLittleWeb();
const own = await startOwnSystem(web);
const gatus = values.gatus === undefined ? undefined : await startGatus(values.gatus, web);
const rows: Row[] = [];
try {
  for (const one of cases) rows.push(await rowOf(one));
} finally {
  gatus?.stop();
  await own.stop();
  web.close();
}
const isRight = rows.every(({ wrong }) => wrong.length === 0);
if (values.json) console.log(JSON.stringify({ bench: 'blind', ok: isRight, blindMs, downMs, rows, gatus: values.gatus ?? 'not given' }));
else show();
process.exitCode = isRight ? 0 : 1;

async function rowOf(one: (typeof cases)[number]): Promise<Row> {
  await calm();
  const uptimeBefore = (await gatus?.uptime()) ?? null;
  const blindAt = Date.now();
  const undoOwn = await own.blind(one.how, one.regions);
  const undoGatus = gatus?.blind(one.how);
  await pause((blindMs - downMs) / 2);
  const downAt = Date.now();
  web.fail(true);
  await pause(downMs);
  web.fail(false);
  await pause((blindMs - downMs) / 2);
  const endedAt = Date.now();
  await undoOwn();
  undoGatus?.();
  await calm();
  const told = web.told.filter(({ atMs }) => atMs >= blindAt);
  const isFromGatus = ({ text }: Told): boolean => text.startsWith('GATUS');
  const uptimeAfter = (await gatus?.uptime()) ?? null;
  const peer =
    gatus === undefined ? null : { told: told.filter((message) => isFromGatus(message) && message.atMs < endedAt).length, uptimeBefore, uptimeAfter };
  return judged(one, {
    told: told.filter((message) => !isFromGatus(message)),
    blindAt,
    downAt,
    endedAt,
    report: await own.report(blindAt, endedAt),
    gatus: peer,
  });
}

/** So that each case begins with all well, and seen to be well for some time. */
async function calm(): Promise<void> {
  for (let calmFor = 0; calmFor < 20; calmFor += 1) {
    await pause(second);
    if (!(await own.isCalm().catch(() => false))) calmFor = 0;
  }
}

interface Measured {
  readonly told: readonly Told[];
  readonly blindAt: number;
  readonly downAt: number;
  readonly endedAt: number;
  readonly report: ReportView;
  readonly gatus: Row['gatus'];
}

function judged(one: (typeof cases)[number], { told, blindAt, downAt, endedAt, report, gatus: peer }: Measured): Row {
  const outage = told.find(({ text }) => /PAGE shop is DOWN/.test(text));
  const silence = told.find(({ text }) => /PAGE (prober:us-east-2|monitoring)/.test(text));
  const areAllBlind = one.regions.length > 1;
  const wrong = [
    ...(silence === undefined || silence.atMs > endedAt ? ['nobody was told of the silence while it lasted'] : []),
    ...(!areAllBlind && (outage === undefined || outage.atMs > endedAt) ? ['nobody was told of the outage while it lasted'] : []),
    ...(!areAllBlind && report.downMs < downMs - validMs ? [`only ${report.downMs} ms are down`] : []),
    ...(areAllBlind && report.upMs > validMs ? [`${report.upMs} ms that nobody watched count as up`] : []),
    ...(areAllBlind && report.gaps.every(({ why }) => why === '') ? ['unknown time has no cause'] : []),
  ];
  return {
    name: one.name,
    outageToldAfterMs: outage === undefined ? null : outage.atMs - downAt,
    silenceToldAfterMs: silence === undefined ? null : silence.atMs - blindAt,
    silenceText: /PAGE (?:prober:us-east-2|monitoring)[^"\\]*/.exec(silence?.text ?? '')?.[0] ?? null,
    ...{ upMs: report.upMs, downMs: report.downMs, unknownMs: report.unknownMs },
    causes: [...new Set(report.gaps.map(({ cause, why }) => `${cause}: ${why}`))],
    wrong,
    gatus: peer,
  };
}

function show(): void {
  const head = ['blind for 60 s, target down for 40 of them', 'outage told', 'silence told', 'up', 'down', 'unknown', 'as it must be'];
  console.log(columns([head, ...rows.map(wordsOf)]));
  for (const { name, silenceText, causes } of rows) console.log(`${name}: ${silenceText ?? 'nobody was told'}; ${causes.join('; ') || 'no time is unknown'}`);
  if (gatus === undefined) console.log('Gatus: left out, for no program was given; build it, and say --gatus PATH');
  for (const { name, gatus: peer } of rows) if (peer !== null) console.log(peerWords(name, peer));
}

function peerWords(name: string, { told, uptimeBefore, uptimeAfter }: NonNullable<Row['gatus']>): string {
  return `Gatus in the same minute (${name}): told ${told} times, uptime ${share(uptimeBefore)} before and ${share(uptimeAfter)} after`;
}

function wordsOf(row: Row): readonly string[] {
  return [
    row.name,
    ...[row.outageToldAfterMs, row.silenceToldAfterMs, row.upMs, row.downMs, row.unknownMs].map((ms) =>
      ms === null ? 'nobody' : `${(ms / second).toFixed(1)} s`,
    ),
    row.wrong.length === 0 ? 'yes' : row.wrong.join('; '),
  ];
}

function share(part: number | null): string {
  return part === null ? 'not said' : `${(100 * part).toFixed(1)} %`;
}
