/** How the process of an environment is started: what AWS would tell it, and nothing of the user's own shell. */
import { devNull } from 'node:os';
import { functionVariables, inboxUrlVariable } from '../../src/core/names';
import { accessKeyOf } from './call-record';
import type { ChildSpec } from './children';
import type { EdgeSpec, FunctionSpec } from './edge-messages';

export interface EnvironmentPlace {
  readonly edge: EdgeSpec;
  readonly function: FunctionSpec;
  readonly environmentId: string;
  readonly port: number;
}

/** What of the parent's environment is no matter of AWS. */
const inherited = ['PATH', 'HOME', 'TZ', 'NODE_EXTRA_CA_CERTS'];

export function environmentChild(place: EnvironmentPlace): ChildSpec {
  const { edge, function: spec } = place;
  const memory = [`--max-old-space-size=${spec.memoryMb}`, '--max-semi-space-size=2'];
  return {
    name: spec.name,
    ledger: 'environments',
    command: process.execPath,
    args: [...memory, edge.bootstrapFile, spec.name, edge.dataDir],
    environment: { ...inheritedVariables(), ...lambdaVariables(place), ...functionVariables, ...spec.environment },
  };
}

function lambdaVariables({ edge, function: spec, environmentId, port }: EnvironmentPlace): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}/_lambda/${environmentId}`,
    LAMBDA_TASK_ROOT: spec.bundleDir,
    _HANDLER: 'index.handler',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: environmentId,
    AWS_REGION: edge.region,
    AWS_DEFAULT_REGION: edge.region,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    [inboxUrlVariable]: `http://127.0.0.1:${port}/`,
    AWS_ACCESS_KEY_ID: accessKeyOf(spec.name),
    AWS_SECRET_ACCESS_KEY: 'local',
    // The SDK would read the user's own profile, which may name other endpoints.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
  };
}

function inheritedVariables(): Record<string, string> {
  const present = inherited.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Record<string, string>;
}
