/** A Lambda environment: what it reads once when it starts cold, and what it keeps while it is warm. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegionId, regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { accountOfArn, configFileName, type FunctionRole, inboxUrlVariable } from '../../core/names';
import { createMemory, type Self, type World } from '../../engine/invocation';
import { createPorts } from '../ports';
import { codeVersion } from './code-version';
import { required } from './required';

/** The parts of Lambda's context object that are used. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** Reads the configuration beside the bundle; throws when the environment is not one that Lambda sets up. */
export function createEnvironment(role: FunctionRole): (context: LambdaContext) => World {
  const config = configFromJson(readFileSync(join(required('LAMBDA_TASK_ROOT'), configFileName), 'utf8'));
  const region = regionId(required('AWS_REGION'));
  const self: Self = { region, role, config, codeVersion, bootId: randomUUID(), canaryUrl: tableEndpoint(region) };
  const memory = createMemory();
  return (context) => {
    const ports = createPorts({
      config,
      region: self.region,
      account: accountOfArn(context.invokedFunctionArn),
      version: codeVersion,
      invocation: context.awsRequestId,
      // biome-ignore lint/style/noProcessEnv: set for the prober of a region that has an inbox.
      inboxUrl: process.env[inboxUrlVariable],
    });
    return { self, ports, memory, invocation: { remainingMs: () => context.getRemainingTimeInMillis() } };
  };
}

/** Where AWS, or local mode, answers for this region's table. */
export function tableEndpoint(region: RegionId): string {
  // biome-ignore lint/style/noProcessEnv: the variable that the AWS SDK reads, too.
  return process.env.AWS_ENDPOINT_URL ?? `https://dynamodb.${region}.amazonaws.com/`;
}
