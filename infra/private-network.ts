/** Functions that stand in subnets of somebody's private network: those that probe, and no others. */
import { CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RegionId } from '../src/core/basics/brand';
import type { Config, VpcPlace } from '../src/core/config/config';
import type { DeployedFunction } from '../src/core/names';

/** Who watches the regions keeps its own way to them. */
export function placeOf({
  config,
  role,
  region,
}: {
  readonly config: Config;
  readonly role: DeployedFunction;
  readonly region: RegionId;
}): VpcPlace | undefined {
  return role === 'prober' || role === 'probe-worker' ? config.network.vpc?.find((place) => place.region === region) : undefined;
}

/** By its ids: the network is somebody else's, and in no stack of ours. */
export function standIn(lambda: LambdaFunction, { subnets, securityGroups }: VpcPlace): void {
  const resource = lambda.node.defaultChild;
  if (!(resource instanceof CfnFunction)) throw new Error('A function of CDK no longer wraps an AWS::Lambda::Function');
  resource.vpcConfig = { subnetIds: [...subnets], securityGroupIds: [...securityGroups] };
}

export const onAllForVpc = 'Lambda checks on all resources whether it may connect a function to a VPC; what the function itself runs is denied it.';
