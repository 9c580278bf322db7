/** The environment of a relay: it reads its configuration once, keeps what it read of the logs, and takes what SNS hands over. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { isRecord } from '../../core/message/record';
import { alarmTopicName, configFileName, everyChannel, topicName } from '../../core/names';
import { isOwnPartition } from '../../core/table';
import type { LandingAnswer } from '../../engine/landing-answer';
import { answerCalledLanding } from '../../engine/landing-called';
import { createLogMemory } from '../../engine/memory';
import { type Relayed, type RelayWorld, relay } from '../../engine/relay';
import { homeLimitMs, remoteLimitMs } from '../../engine/world';
import { createChannels } from '../channels/channels';
import { systemClock } from '../clock';
import { createDiary } from '../diary';
import { createReplica } from '../dynamodb/replica';
import { ownSecrets } from '../secrets/own-secrets';
import { createSecretCheck } from '../secrets/secret-check';
import { codeVersion } from './code-version';
import type { LambdaContext } from './environment';
import { required } from './required';

/** Reads the configuration beside the bundle; throws when the environment is not one that Lambda sets up. */
export function createRelay(): (event: unknown, context: LambdaContext) => Promise<LandingAnswer | undefined> {
  const config = configFromJson(readFileSync(join(required('LAMBDA_TASK_ROOT'), configFileName), 'utf8'));
  const region = regionId(required('AWS_REGION'));
  const log = createLogMemory();
  const bootId = randomUUID();
  const channels = createChannels({
    region,
    version: codeVersion,
    allowPrivate: config.network.allowPrivate,
    secrets: ownSecrets(region),
    now: () => systemClock.now(),
  });
  const called = { self: { region, config, role: 'relay', codeVersion }, ports: { clock: systemClock, secrets: createSecretCheck(region) } } as const;
  return async (event, context) => {
    if (isRecord(event) && event.landing !== undefined) return answerCalledLanding(called, event.landing);
    const world: RelayWorld = {
      self: { region, config, role: 'relay', bootId },
      ports: {
        clock: systemClock,
        replica: (of) =>
          createReplica({
            region: of,
            timeoutMs: of === region ? homeLimitMs : remoteLimitMs,
            isConsistent: (partition) => of === region && isOwnPartition(partition, region),
          }),
        channels,
        diary: createDiary({ clock: systemClock, invocation: context.awsRequestId }),
      },
      memory: { log },
      invocation: { remainingMs: () => context.getRemainingTimeInMillis() },
    };
    for (const message of messagesIn(event)) {
      if (message === 'foreign') world.ports.diary.note('foreign message refused', {});
      else await relay(world, message);
    }
    return undefined;
  };
}

/** The right to invoke us is that of our own topics alone; what names another one was made by hand. */
export function messagesIn(event: unknown): readonly (Relayed | 'foreign')[] {
  const records = isRecord(event) && Array.isArray(event.Records) ? event.Records : [];
  return records.map((record: unknown) => {
    const sns = isRecord(record) && isRecord(record.Sns) ? record.Sns : {};
    const [, , service, region, , topic] = String(sns.TopicArn).split(':');
    if (service !== 'sns' || !ownTopics.includes(topic ?? '') || region === undefined || typeof sns.Message !== 'string' || typeof sns.MessageId !== 'string')
      return 'foreign';
    const subject = typeof sns.Subject === 'string' ? sns.Subject : '';
    return { messageId: sns.MessageId, subject, message: sns.Message, region, at: String(sns.Timestamp), channels: channelsIn(sns.MessageAttributes) };
  });
}

const ownTopics: readonly string[] = [topicName, alarmTopicName];

/** The names of the channels that it is for; what cannot be read is for all. */
function channelsIn(attributes: unknown): readonly string[] | undefined {
  const attribute = isRecord(attributes) && isRecord(attributes.channels) ? attributes.channels.Value : undefined;
  if (typeof attribute !== 'string') return undefined;
  try {
    const names: unknown = JSON.parse(attribute);
    return Array.isArray(names) && !names.includes(everyChannel) ? names.map(String) : undefined;
  } catch {
    return undefined;
  }
}
