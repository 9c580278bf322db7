/** A prober falls silent and comes back: what the deployed alarms tell in every region, and when each kind of alarm changes beside our own rules. */
import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmState } from '../../../local/aws/alarm/definition';
import { regionId } from '../../../src/core/basics/brand';
import { alarmTopicName, beatMetricDimensions } from '../../../src/core/names';
import type { Clients } from '../clients';
import { type Steps, until } from '../steps';
import { channels, probers, type World } from '../world';
import type { Beating } from './beating';
import { type AlarmCase, type Change, cases, changesByOurRules, isExplained, periodMs } from './cases';
import type { DeployedAlarm, Metric } from './deployment';

export interface AlarmStory {
  readonly clients: Clients;
  readonly world: World;
  readonly beating: Beating;
  readonly alarms: readonly DeployedAlarm[];
  readonly steps: Steps;
}

/** Where the kinds of alarm are compared. */
export const [caseRegion] = probers;

const silentRole = JSON.stringify(Object.entries(beatMetricDimensions('prober', regionId(probers[0]))).map(([Name, Value]) => ({ Name, Value })));

/** The metric of the prober that falls silent. */
export function silentMetric(alarms: readonly DeployedAlarm[]): Metric {
  const found = alarms.find(({ metric }) => JSON.stringify(sorted(metric)) === silentRole);
  if (found === undefined) throw new Error(`no deployed alarm hears the prober of ${probers[0]}`);
  return found.metric;
}

const sorted = ({ Dimensions }: Metric) => Dimensions.toSorted((one, other) => (one.Name < other.Name ? -1 : 1));

/** How each kind fared, in milliseconds from the last beat before the silence, or from the first after it. */
export interface Compared {
  readonly name: string;
  readonly state: AlarmState;
  readonly alarm: Times;
  readonly recovery: Times;
}

interface Times {
  readonly here: number | undefined;
  readonly byOurRules: number | undefined;
}

export async function proveCalm({ clients, alarms, steps }: AlarmStory): Promise<void> {
  const regions = [...new Set(alarms.map(({ region }) => region))];
  const states = async () => (await Promise.all(regions.map((region) => alarmsIn(clients, region)))).flat();
  await until('every alarm to be OK', 60, async () => (await states()).every(({ StateValue }) => StateValue === 'OK') || undefined);
  const count = (await states()).length;
  steps.fact(
    'every alarm is OK while everybody beats',
    count === alarms.length + cases.length,
    `${alarms.length} deployed in ${regions.length} regions, ${cases.length} to compare`,
  );
}

/** Longer than any of them takes. */
const longestSeconds = (Math.max(...cases.map(({ evaluationPeriods }) => 2 * evaluationPeriods + 3)) * periodMs) / 1000;

export async function proveSilence(story: AlarmStory): Promise<readonly Compared[]> {
  const { beating, alarms, steps, clients } = story;
  const metric = silentMetric(alarms);
  const heard = new Map<string, Change[]>();
  const look = async (): Promise<void> => {
    for (const alarm of await alarmsIn(clients, caseRegion)) note(heard, alarm);
  };
  beating.silence(metric);
  await pause(3000);
  const lastBeat = beating.beatsOf(metric).at(-1) ?? 0;
  const marked = story.world.told.length;
  await Promise.all([tellsEverywhere(story, { state: 'ALARM', marked, since: lastBeat }), lookOn(look, lastBeat + longestSeconds * 1000)]);
  const others = alarms.filter((alarm) => alarm.metric !== metric && JSON.stringify(alarm.metric) !== JSON.stringify(metric));
  const mistaken = story.world.told
    .slice(marked)
    .filter(({ message }) => message.NewStateValue === 'ALARM' && others.some(({ name }) => name === message.AlarmName));
  steps.fact('no alarm of a function that goes on beating fires', mistaken.length === 0, `${others.length} of them`);
  const markedAgain = story.world.told.length;
  beating.resume(metric);
  const firstBeat = await until('the first new beat', 20, () => beating.beatsOf(metric).find((at) => at > lastBeat + 3000));
  await Promise.all([tellsEverywhere(story, { state: 'OK', marked: markedAgain, since: firstBeat }), lookOn(look, firstBeat + 4 * periodMs)]);
  return cases.map((one) => compared(one, { lastBeat, firstBeat, beats: beating.beatsOf(metric), heard: heard.get(one.name) ?? [] }));
}

async function tellsEverywhere(
  { world, alarms, steps }: AlarmStory,
  { state, marked, since }: { readonly state: AlarmState; readonly marked: number; readonly since: number },
): Promise<void> {
  const metric = JSON.stringify(silentMetric(alarms));
  for (const { region, name } of alarms.filter((alarm) => JSON.stringify(alarm.metric) === metric)) {
    const saidIn = () =>
      world.told.slice(marked).filter((one) => one.region === region && one.message.AlarmName === name && one.message.NewStateValue === state);
    const told = await until(`every channel to hear from ${region} that ${name} is ${state}`, longestSeconds, () => {
      const said = saidIn();
      return channels.every((channel) => said.some((one) => one.channel === channel)) ? said[0] : undefined;
    });
    steps.fact(
      `the topic of ${region} tells every channel that ${name} is ${state}, whatever they filter`,
      saidIn().every(({ topic }) => topic === alarmTopicName),
      `${((told.at - since) / 1000).toFixed(0)} s after the ${state === 'OK' ? 'first new' : 'last'} beat`,
    );
  }
}

async function lookOn(look: () => Promise<void>, till: number): Promise<void> {
  while (Date.now() < till) {
    await look();
    await pause(1000);
  }
}

function note(heard: Map<string, Change[]>, { AlarmName: name = '', StateValue: state, StateUpdatedTimestamp: at }: MetricAlarm): void {
  const changes = heard.get(name) ?? [];
  heard.set(name, changes);
  if (state !== undefined && at !== undefined && changes.at(-1)?.state !== state) changes.push({ state: state as AlarmState, at: at.getTime() });
}

interface Heard {
  readonly lastBeat: number;
  readonly firstBeat: number;
  readonly beats: readonly number[];
  readonly heard: readonly Change[];
}

function compared(one: AlarmCase, { lastBeat, firstBeat, beats, heard }: Heard): Compared {
  const ours = changesByOurRules(one, beats, { from: lastBeat, to: firstBeat + 6 * periodMs });
  const gone = (changes: readonly Change[]) => changes.find(({ at, state }) => at > lastBeat && at < firstBeat && state !== 'OK');
  const back = (changes: readonly Change[]) => (gone(changes) === undefined ? undefined : changes.find(({ at, state }) => at >= firstBeat && state === 'OK'));
  const after = (change: Change | undefined, since: number) => (change === undefined ? undefined : change.at - since);
  return {
    name: one.name,
    state: gone(heard)?.state ?? 'OK',
    alarm: { here: after(gone(heard), lastBeat), byOurRules: after(gone(ours), lastBeat) },
    recovery: { here: after(back(heard), firstBeat), byOurRules: after(back(ours), firstBeat) },
  };
}

/** Whole seconds. */
export const secondsText = (ms: number | undefined): string => (ms === undefined ? 'never' : `${Math.round(ms / 1000)} s`);

/** The same states; and no later than the emulator's rarer looks explain, nor earlier than a period that it does not wait to end. */
export function proveAlike(rows: readonly Compared[], steps: Steps): void {
  for (const one of cases) {
    const row = rows.find(({ name }) => name === one.name);
    const isAlike = ({ here, byOurRules }: Times): boolean => isExplained(one, here, byOurRules);
    const isGood = row !== undefined && isAlike(row.alarm) && isAlike(row.recovery);
    const said = (times: Times | undefined): string => `${secondsText(times?.here)}, ours ${secondsText(times?.byOurRules)}`;
    steps.fact(`${one.name}: becomes ${row?.state ?? '?'} when our rules say so, and OK again`, isGood, `${said(row?.alarm)}; back ${said(row?.recovery)}`);
  }
}

async function alarmsIn(clients: Clients, region: string): Promise<readonly MetricAlarm[]> {
  return (await clients.metrics(region).send(new DescribeAlarmsCommand({ MaxRecords: 100 }))).MetricAlarms ?? [];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
