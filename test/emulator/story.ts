/** What a user pays for, seen in the emulator: rounds by schedule, a broken target told, and a prober that nobody runs any more told by the others. */

import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type RegionId, regionId } from '../../src/core/basics/brand';
import { type FunctionRole, functionName, scheduleGroupName, scheduleName, tableName } from '../../src/core/names';
import { speakersInOrder } from '../../src/core/speaker';
import { headKey, type Key, onlyShard, timeToLiveAttribute, watchKey } from '../../src/core/table';
import type { Place } from './bridges/bridge';
import { proveAlarms, proveBeats, proveRights } from './evidence';
import { signedCall } from './signed-call';
import { type Steps, until } from './steps';
import { proveWidgets } from './widgets';
import { probers, regions, type Told, target, type World } from './world';

export interface Story {
  readonly place: Place;
  readonly world: World;
  readonly steps: Steps;
  /** What else is to be seen while the target is broken. */
  readonly whileBroken: () => Promise<void>;
}

export async function proveStory(story: Story): Promise<void> {
  const { steps } = story;
  await steps.step('a first turn of every function, run by hand', () => firstTurns(story));
  await steps.step('alarms that are set off', () => proveAlarms(story.place, story.world, steps));
  await steps.step('a broken target, found by the schedules, told', () => brokenTarget(story));
  await steps.step('a deleted schedule, told by another region', () => deletedSchedule(story));
}

/** So that the target has been seen to be well before it breaks, and every watchdog has looked before there is anything to see. */
async function firstTurns({ place, steps }: Story): Promise<void> {
  for (const region of probers) await turnByHand(place, region, 'prober');
  for (const writer of probers) {
    for (const reader of regions) await until(`the beat of ${writer} in ${reader}`, 30, () => stored(place, reader, headKey(regionId(writer), onlyShard)));
    steps.fact(`the beat of ${writer} can be read in every region`, true);
  }
  for (const region of regions) await turnByHand(place, region, 'watchdog');
  for (const region of regions) await until(`the watch record of ${region}`, 30, () => stored(place, region, watchKey(regionId(region))));
}

async function turnByHand({ clients }: Place, region: string, role: FunctionRole): Promise<void> {
  await clients.lambda(region).send(new InvokeCommand({ FunctionName: functionName(role), InvocationType: 'Event', Payload: '{}' }));
}

async function brokenTarget({ place, world, steps, whileBroken }: Story): Promise<void> {
  const brokenAt = Date.now();
  world.breakTarget();
  const told = await until(`a page about ${target}`, 150, () => openedOf(world, `${target}:availability`));
  steps.fact(
    'the receiver was told that the target is down, seen from both regions',
    told.message.condition === 'down' && told.message.certainty === 'confirmed',
    wordsOf(told, brokenAt),
  );
  await proveWidgets(place, steps, target);
  await whileBroken();
}

async function deletedSchedule({ place, world, steps }: Story): Promise<void> {
  const victim = whoseSilenceOthersTell();
  const deletedAt = Date.now();
  const path = `/schedules/${scheduleName('prober')}`;
  await signedCall(place.emulator, { service: 'scheduler', region: victim, method: 'DELETE', path, query: { groupName: scheduleGroupName } });
  await putExpired(place);
  await nextVigils(place);
  steps.fact('the watchdog of every region runs by its schedule, its turn held back by its queue', true);
  await proveBeats(place, steps);
  const told = await until(`a page about the prober of ${victim}`, 210, () => openedOf(world, watchKeyOf(victim)));
  const { condition, concludedBecause } = told.message;
  // On a machine with other work to do a poke may start its function too late to be answered: then it is not stopped, but silent.
  steps.fact('the receiver was told that nothing invokes the prober', condition === 'stopped' || condition === 'silent', wordsOf(told, deletedAt));
  steps.fact('it was poked from there, and that was not refused', /poke (not )?answered/.test(String(concludedBecause)), String(concludedBecause));
  steps.fact('another region has said so', told.message.region !== victim, String(told.message.region));
  await proveRights(place, steps);
  for (const region of regions)
    await until(`${region} to forget what is past its time`, 90, async () => ((await stored(place, region, expired)) === undefined ? true : undefined));
  steps.fact('what is past its time to live is forgotten in every region', true);
}

const expired: Key = { pk: 'CLAIM#proof', sk: 'expired' };

function putExpired({ clients }: Place): Promise<unknown> {
  const Item = { pk: { S: expired.pk }, sk: { S: expired.sk }, [timeToLiveAttribute]: { N: String(Math.floor(Date.now() / 1000) - 3600) } };
  return clients.table(probers[0]).send(new PutItemCommand({ TableName: tableName, Item }));
}

async function nextVigils(place: Place): Promise<void> {
  const next = async (region: string): Promise<void> => {
    const record = watchKey(regionId(region));
    const before = await stored(place, region, record);
    await until(`the next watch record of ${region}`, 100, async () => ((await stored(place, region, record)) === before ? undefined : true));
  };
  await Promise.all(regions.map(next));
}

/** Its own watchdog may say it as well as any other: the prober of which another region is the first to speak. */
function whoseSilenceOthersTell(): RegionId {
  const everyone = regions.map(regionId);
  const victim = probers.map(regionId).find((region) => speakersInOrder(watchKeyOf(region), everyone)[0] !== region);
  if (victim === undefined) throw new Error('every prober is the first to speak about itself: delete another schedule');
  return victim;
}

const watchKeyOf = (region: RegionId): string => `prober:${region}:watch`;

const openedOf = (world: World, key: string): Told | undefined => world.told.find(({ message }) => message.key === key && message.kind === 'opened');

const wordsOf = ({ at, region, message }: Told, since: number): string =>
  `"${message.headline}" after ${Math.round((at - since) / 1000)} s, by the topic of ${region}`;

/** The item as text; undefined where there is none. */
async function stored({ clients }: Place, region: string, { pk, sk }: Key): Promise<string | undefined> {
  const { Item } = await clients.table(region).send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
  return Item === undefined ? undefined : JSON.stringify(Item);
}
