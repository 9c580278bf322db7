/** The environment of a probe worker: it reads its configuration once, and probes the shard that it is asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { configFileName } from '../../core/names';
import { type ShardAnswerJson, shardAnswerToJson } from '../../core/shard-answer';
import type { LandingAnswer } from '../../engine/landing-answer';
import { answerCalledLanding } from '../../engine/landing-called';
import { answerShard, shardRequestOf, type WorkerEvent } from '../../engine/probe-worker';
import { systemClock } from '../clock';
import { createProber } from '../probes/prober';
import { ownSecrets } from '../secrets/own-secrets';
import { createSecretCheck } from '../secrets/secret-check';
import { codeVersion } from './code-version';
import { type LambdaContext, tableEndpoint } from './environment';
import { required } from './required';

/** Reads the configuration beside the bundle; throws when the environment is not one that Lambda sets up. */
export function createProbeWorker(): (event: WorkerEvent, context: LambdaContext) => Promise<ShardAnswerJson | LandingAnswer> {
  const config = configFromJson(readFileSync(join(required('LAMBDA_TASK_ROOT'), configFileName), 'utf8'));
  const region = regionId(required('AWS_REGION'));
  const self = { region, config, canaryUrl: tableEndpoint(region) };
  const probing = { region, version: codeVersion, allowPrivate: config.network.allowPrivate };
  const ports = { clock: systemClock, prober: createProber({ ...probing, secrets: ownSecrets(region) }) };
  const called = { self: { region, config, role: 'probe-worker', codeVersion }, ports: { clock: systemClock, secrets: createSecretCheck(region) } } as const;
  return async (event, context) => {
    if (event.landing !== undefined) return answerCalledLanding(called, event.landing);
    const invocation = { remainingMs: () => context.getRemainingTimeInMillis() };
    return shardAnswerToJson(await answerShard({ self, ports, invocation }, shardRequestOf(event.shard)));
  };
}
