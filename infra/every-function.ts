/** What all functions of a region have in common. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, type FunctionProps, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Config } from '../src/core/config/config';
import { type DeployedFunction, functionName, functionVariables } from '../src/core/names';
import { codeOf } from './bundle';
import { logGroupName } from './deployed-names';

type Common = Pick<FunctionProps, 'functionName' | 'code' | 'handler' | 'environment' | 'runtime' | 'architecture' | 'loggingFormat'>;

/** To be spread into the properties of the function itself. */
export const everyFunction = (scope: Construct, role: DeployedFunction, config: Config): Common => ({
  functionName: functionName(role),
  code: codeOf(scope, role, config),
  handler: 'index.handler',
  environment: { ...functionVariables },
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  loggingFormat: LoggingFormat.JSON,
});

/** Its own, of a name that is known before it is deployed. */
export const ownLogGroup = (scope: Construct, role: DeployedFunction, retention: RetentionDays): LogGroup =>
  new LogGroup(scope, 'Log', { logGroupName: logGroupName(role), retention, removalPolicy: RemovalPolicy.DESTROY });
