/** Calls that were really made, on the wire of local mode, held against the roles that are deployed. */
import type { RecordedCall } from '../../local/aws/call-record';
import type { Config } from '../../src/core/config/config';
import { type FunctionRole, functionArn, topicArn } from '../../src/core/names';
import { account, deploymentOf } from '../infra/assembly';
import { allows, type Call, rolesOf } from '../infra/policy';
import { replicaArn } from '../infra/recorded-calls';

export interface CallsOfRegion {
  readonly region: string;
  readonly calls: readonly RecordedCall[];
}

/** The calls that the role of their function would not have been allowed to make. */
export function refused(made: readonly CallsOfRegion[], config: Config): readonly string[] {
  const roles = new Map(deploymentOf(config).regions.flatMap((stack) => rolesOf(stack).map((role) => [role.RoleName, role.statements] as const)));
  return made.flatMap(({ region, calls }) =>
    calls
      .filter((call) => !allows(roles.get(`${call.function}-${region}`) ?? [], asked(call)))
      .map((call) => `${call.function} of ${region}: ${call.service} ${call.action} in ${call.region} on ${call.resource}`),
  );
}

function asked({ service, action, region, resource }: RecordedCall): Call {
  switch (service) {
    case 'dynamodb':
      return { action: `dynamodb:${action}`, resource: replicaArn(region), keys: { 'dynamodb:LeadingKeys': [resource] } };
    case 'sns':
      return { action: `sns:${action}`, resource: topicArn(account, region as never) };
    case 'lambda':
      return { action: `lambda:${action}Function`, resource: functionArn(account, region as never, resource.replace(/^twinwatch-/, '') as FunctionRole) };
    case 'secretsmanager':
      return { action: `secretsmanager:${action}`, resource: `arn:aws:secretsmanager:${region}:${account}:secret:${resource}-a1B2c3` };
    case 'ssm':
      return { action: `ssm:${action}`, resource: `arn:aws:ssm:${region}:${account}:parameter/${resource.replace(/^\//, '')}` };
    default:
      return { action: `cloudwatch:${action}`, resource: '*', keys: { 'cloudwatch:namespace': [resource] } };
  }
}
