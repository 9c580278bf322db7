/**
 * What a function answers when it is invoked to prove that it has landed well: under its own role it does each kind of call that it will need,
 * in a form that changes nothing, and one that it must not be able to do. It probes, judges and announces nothing.
 */
import { instant, type RegionId } from '../core/basics/brand';
import { hour, minute, second } from '../core/basics/time';
import { allRegions } from '../core/config/config';
import { shardCount } from '../core/function-size';
import { testWords } from '../core/message/test-message';
import type { FunctionRole } from '../core/names';
import { slotOf } from '../core/slots';
import { type Item, type Key, timeToLiveAttribute, type Writer, watchKey, writerAt } from '../core/table';
import type { Landing, LandingAnswer, LandingCheck } from './landing-answer';
import { checkSecrets } from './landing-secrets';
import { type Outcome, within } from './within';
import { homeLimitMs, pokeLimitMs, publishLimitMs, type World } from './world';

export async function answerLanding(world: World, { nonce, tell }: Landing): Promise<LandingAnswer> {
  const { region, role, config, codeVersion } = world.self;
  const regions = allRegions(config.regions);
  // One kind after the other: an environment that has just been born is slow, and would keep all of them waiting at once.
  const checks = [
    ...(await Promise.all(regions.map((at) => reads(world, at)))),
    ...(await Promise.all(regions.map((at) => writes(world, at)))),
    ...(await Promise.all(regions.filter((other) => other !== region).map((other) => deniesWritesOf(world, other)))),
    ...(await Promise.all(regions.map((at) => beats(world, at)))),
    ...(await Promise.all(config.regions.probers.map((at) => pokes(world, at, nonce)))),
    ...(await checkSecrets(world)),
    ...(await asksWorkers(world, nonce)),
    ...(tell === undefined ? [] : [await tells(world, tell)]),
  ];
  return { nonce, region, role, configHash: config.hash, codeVersion, checks };
}

/** The first call of a cold environment may take longer than a call may take. A refusal is an answer, and is not asked for again. */
const mostTries = 3;

async function tried<T>({ ports }: World, limitMs: number, call: () => Promise<T>): Promise<Outcome<T>> {
  let outcome = await within(ports.clock, limitMs, call());
  for (let tries = 1; tries < mostTries && outcome.kind === 'failed' && !outcome.isRefused; tries += 1) {
    outcome = await within(ports.clock, limitMs, call());
  }
  return outcome;
}

/** A replica has a limit of its own, which says more of what was wrong: this one is for a replica that does not heed it. */
const callLimitMs = 2 * homeLimitMs;

/** Nobody reads an item of this name. */
const landingItem = 'landing';
const keptMs = hour;

async function reads(world: World, at: RegionId): Promise<LandingCheck> {
  const { self, ports } = world;
  const outcome = await tried(world, callLimitMs, () => ports.replica(at).get([watchKey(self.region)]));
  return { kind: 'reads', at, ...saidOf(outcome) };
}

async function writes(world: World, at: RegionId): Promise<LandingCheck> {
  const { self, ports } = world;
  const outcome = await tried(world, callLimitMs, () => ports.replica(at).put(itemOf(world, writerAt(self.region, at))));
  return { kind: 'writes', at, ...saidOf(outcome) };
}

/** In the replica at home, under the key of another region. Only a refusal is good news; that nobody answered shows nothing. */
async function deniesWritesOf(world: World, other: RegionId): Promise<LandingCheck> {
  const { self, ports } = world;
  const outcome = await tried(world, callLimitMs, () => ports.replica(self.region).put(itemOf(world, other)));
  const answer = { kind: 'writes-of-others-denied', at: other } as const;
  if (outcome.kind === 'done') return { ...answer, isGood: false, said: `an item of ${other} could be written from here: the role may do too much` };
  const isDenied = outcome.isRefused && outcome.error.includes('AccessDenied');
  return { ...answer, isGood: isDenied, said: isDenied ? '' : outcome.error };
}

function itemOf({ self, ports }: World, writer: Writer): Item {
  const expires = Math.floor((ports.clock.now() + keptMs) / second);
  return { ...keyOf(self.role, writer), v: 1, seq: 0, [timeToLiveAttribute]: expires };
}

function keyOf(role: FunctionRole, writer: Writer): Key {
  switch (role) {
    case 'prober':
      return { pk: `HEAD#${writer}`, sk: landingItem };
    case 'watchdog':
      return { pk: `WATCH#${writer}`, sk: landingItem };
  }
}

/** It is true: this function is at work in this minute. */
async function beats(world: World, at: RegionId): Promise<LandingCheck> {
  const { self, ports } = world;
  const thisMinute = instant(Math.floor(ports.clock.now() / minute) * minute);
  const outcome = await tried(world, publishLimitMs, () => ports.beatMetrics.publish(at, self.role, self.region, thisMinute));
  return { kind: 'beats', at, ...saidOf(outcome) };
}

/** A prober that is not there yet, or that is dark, is no matter of this function: only a refusal is. */
async function pokes({ ports }: World, at: RegionId, nonce: string): Promise<LandingCheck> {
  const outcome = await within(ports.clock, pokeLimitMs, ports.pokes.poke(at, nonce));
  const isGood = outcome.kind === 'done' || !outcome.isRefused;
  return { kind: 'pokes', at, isGood, said: outcome.kind === 'done' ? '' : outcome.error };
}

/** A shard whose time is over: the worker answers at once, and probes nothing. */
async function asksWorkers({ self, ports }: World, nonce: string): Promise<readonly LandingCheck[]> {
  const { shards, clock } = ports;
  const of = shardCount(self.config);
  if (self.role !== 'prober' || shards === undefined || of === 1) return [];
  const slot = slotOf(self.config, self.region, clock.now());
  const outcome = await within(clock, workerLimitMs, shards.probe({ nonce, slot, shard: 0, of, giveUpAt: clock.now() }, workerLimitMs));
  const check = { kind: 'asks-workers', at: self.region } as const;
  if (outcome.kind === 'failed') return [{ ...check, isGood: false, said: outcome.error }];
  return [{ ...check, isGood: outcome.value.nonce === nonce, said: outcome.value.nonce === nonce ? '' : 'it was answered for another question' }];
}

/** It may meet a cold start, and loads what probes. */
const workerLimitMs = 10 * second;

async function tells(world: World, number: number): Promise<LandingCheck> {
  const { self, ports } = world;
  const { region, role } = self;
  const message = testWords({ number, by: region, role, now: ports.clock.now() });
  const outcome = await tried(world, publishLimitMs, () => ports.topics.publish(region, message));
  return { kind: 'tells', at: region, ...saidOf(outcome, outcome.kind === 'done' ? `accepted as ${outcome.value}` : '') };
}

function saidOf(outcome: { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: string }, well = ''): Pick<LandingCheck, 'isGood' | 'said'> {
  return outcome.kind === 'done' ? { isGood: true, said: well } : { isGood: false, said: outcome.error };
}
