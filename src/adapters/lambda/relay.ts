/** The environment of a relay: it reads its configuration once, keeps what it read of the logs, and takes what SNS hands over. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { isRecord } from '../../core/message/record';
import { accountOfArn, configFileName } from '../../core/names';
import { isOwnPartition } from '../../core/table';
import type { LandingAnswer } from '../../engine/landing-answer';
import { answerCalledLanding } from '../../engine/landing-called';
import { createLogMemory } from '../../engine/memory';
import { type RelayWorld, relay } from '../../engine/relay';
import { homeLimitMs, remoteLimitMs } from '../../engine/world';
import { createChannels } from '../channels/channels';
import { systemClock } from '../clock';
import { createDiary } from '../diary';
import { createReplica } from '../dynamodb/replica';
import { ownSecrets } from '../secrets/own-secrets';
import { createSecretCheck } from '../secrets/secret-check';
import { createSignatureCheck } from '../sns/signature';
import { codeVersion } from './code-version';
import type { LambdaContext } from './environment';
import { messagesIn } from './relay-event';
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
  // biome-ignore lint/style/noProcessEnv: the variable that the AWS SDK reads, too.
  const check = createSignatureCheck({ region, now: () => systemClock.now(), endpoint: process.env.AWS_ENDPOINT_URL });
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
    const account = accountOfArn(context.invokedFunctionArn);
    for (const message of await messagesIn(event, { account, region, check, diary: world.ports.diary })) await relay(world, message);
    return undefined;
  };
}
