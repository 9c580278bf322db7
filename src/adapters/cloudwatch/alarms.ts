/** The alarms of a region, as CloudWatch knows them. */
import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { RegionId } from '../../core/basics/brand';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

export interface DeployedAlarm {
  readonly name: string;
  readonly state: string;
  /** Whether it tells anybody. */
  readonly tells: boolean;
}

/** Those whose names begin with ours; all pages. */
export function alarmsOf(region: RegionId): Promise<readonly DeployedAlarm[]> {
  return limited({ what: `alarms ${region}: DescribeAlarms`, limitMs }, async (signal) => {
    const found: MetricAlarm[] = [];
    let NextToken: string | undefined;
    do {
      const command = new DescribeAlarmsCommand({ AlarmNamePrefix: 'twinwatch-', AlarmTypes: ['MetricAlarm'], NextToken });
      const page = await clientOf(region).send(command, { abortSignal: signal });
      found.push(...(page.MetricAlarms ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== '');
    return found.map(({ AlarmName = '', StateValue = '', ActionsEnabled, AlarmActions = [] }) => ({
      name: AlarmName,
      state: StateValue,
      tells: ActionsEnabled !== false && AlarmActions.length > 0,
    }));
  });
}

const limitMs = 15_000;
const clientOf = oncePerRegion((region) => new CloudWatchClient(clientOptions(region)));
