/** The one global table. A single stack owns every replica, so all other regions know it by its name alone. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { allRegions, type Config } from '../src/core/config/config';
import { tableName } from '../src/core/names';
import { partitionKey, sortKey, timeToLiveAttribute } from '../src/core/table';

export interface TwinwatchTableProps {
  /** Names the regions that hold a replica. The region of the stack must be one of them. */
  readonly config: Config;
  /**
   * Whether DynamoDB refuses to delete the table.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * What becomes of the table when its stack is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The table of all regions: on demand, with time to live and point-in-time recovery in every replica. */
export class TwinwatchTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: TwinwatchTableProps) {
    super(scope, id);
    const home = Stack.of(this).region;
    this.table = new TableV2(this, 'Table', {
      tableName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute,
      replicas: allRegions(props.config.regions)
        .filter((region) => region !== home)
        .map((region) => ({ region })),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection ?? true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
  }
}
