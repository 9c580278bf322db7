/** Our messages, as our own code sends them, through the deployed filter policies: whom each reaches, in every region. */
import { PublishCommand } from '@aws-sdk/client-sns';
import { publication } from '../../../src/adapters/sns/topics';
import { regionId } from '../../../src/core/basics/brand';
import { topicArn } from '../../../src/core/names';
import type { Clients } from '../clients';
import { account } from '../emulator';
import { type Steps, until } from '../steps';
import { channels, regions, type World } from '../world';

export interface Filtering {
  readonly clients: Clients;
  readonly world: World;
  readonly steps: Steps;
}

const [one, other] = channels;
const cases: readonly (readonly [what: string, to: readonly string[] | undefined, heard: readonly string[]])[] = [
  ['for one channel', [one], [one]],
  ['for one whose name begins like another', [other], [other]],
  ['for both', [one, other], [one, other]],
  ['for somebody else', ['mail'], []],
  ['for everybody', undefined, [one, other]],
];

export async function proveFilters({ clients, world, steps }: Filtering): Promise<void> {
  for (const region of regions) {
    for (const [what, to] of cases) await publish(clients, region, { what, to });
    // It is the last one: what was to come before has come.
    await publish(clients, region, { what: 'the end', to: undefined });
    await until(`the last message in ${region}`, 30, () => channels.every((channel) => heardBy(world, region, 'the end').includes(channel)) || undefined);
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (const [what, , wanted] of cases) {
    const heard = regions.map((region) => [...heardBy(world, region, what)].sort().join(' and '));
    steps.fact(
      `a message ${what} reaches ${wanted.length === 0 ? 'nobody' : wanted.join(' and ')}`,
      heard.every((names) => names === [...wanted].sort().join(' and ')),
      heard.join(', '),
    );
  }
}

async function publish(clients: Clients, region: string, { what, to }: { readonly what: string; readonly to: readonly string[] | undefined }): Promise<void> {
  const message = { subject: what, text: what, json: JSON.stringify({ proof: what }), channels: to };
  await clients.topics(region).send(new PublishCommand(publication(topicArn(account, regionId(region)), message)));
}

const heardBy = (world: World, region: string, what: string): readonly string[] =>
  world.told.filter((told) => told.region === region && told.message.proof === what).map(({ channel }) => channel);
