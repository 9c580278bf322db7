import type { RegionId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { billOf } from '../../src/core/cost/bill';
import { logsKeptMonths } from '../../src/core/cost/function-lines';
import { leastMemoryMb } from '../../src/core/function-size';
import { smallConfig } from '../sim/settings';
import { deploymentOf, frankfurt } from './assembly';

/** With beats of a minute, a queue holds back the watchdog; with shorter ones there is none. */
describe.each([minute, minute / 6])('what is deployed for beats of %d ms is what is paid for', (beatMs) => {
  const config: Config = smallConfig({ monitors: 3, beatMs, witness: frankfurt });
  const deployment = deploymentOf(config);
  const { lines } = billOf(config);
  const quantity = (region: string, what: string) => lines.filter((line) => line.region === region && line.what === what).map((line) => line.quantity);
  const paidIn = (region: string, end: string) => lines.filter((line) => line.region === region && line.what.endsWith(end)).length;
  const stacks = deployment.regions.map((stack) => [stack.region as RegionId, stack] as const);

  test.each(stacks)('in %s: functions, schedules, logs and queues', (region, stack) => {
    const functions = stack.all('AWS::Lambda::Function');
    expect(paidIn(region, ' requests')).toBe(functions.length);
    expect(paidIn(region, ' every minute')).toBe(stack.all('AWS::Scheduler::Schedule').length);
    expect(paidIn(region, ' log')).toBe(stack.all('AWS::Logs::LogGroup').length);
    expect(paidIn(region, 'turns of the watchdog')).toBe(stack.all('AWS::Lambda::EventSourceMapping').length);
    for (const { Properties } of functions) expect(Properties.MemorySize).toBe(leastMemoryMb);
    for (const { Properties } of functions) expect(Properties.Architectures).toEqual(['arm64']);
    for (const { Properties } of stack.all('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(logsKeptMonths * 30);
  });

  test('a relay, where there is one, in every region', () => {
    const relaying: Config = { ...config, channels: [{ kind: 'slack', name: 'chat', url: 'https://chat.example/' }] };
    const bill = billOf(relaying);
    for (const stack of deploymentOf(relaying).regions) {
      const [relay] = stack.all('AWS::Lambda::Function').filter(({ Properties }) => Properties.FunctionName === 'twinwatch-relay');
      expect(relay!.Properties.MemorySize).toBe(leastMemoryMb);
      const paid = bill.lines.filter(({ region, what }) => region === stack.region && what.startsWith('relay '));
      expect(paid.map(({ what }) => what).sort()).toEqual(['relay log', 'relay requests', 'relay running']);
    }
  });

  test.each(stacks)('in %s: alarms, and the metrics they hear', (region, stack) => {
    const alarms = stack.all('AWS::CloudWatch::Alarm');
    const silent = alarms.filter(({ Properties }) => String(Properties.AlarmName).includes('-silent-'));
    expect(quantity(region, 'alarms on silence')).toEqual([silent.length]);
    expect(quantity(region, 'alarms on trouble')).toEqual([alarms.length - silent.length]);
    expect(quantity(region, 'beat metrics')).toEqual([new Set(silent.map(({ Properties }) => JSON.stringify(Properties.Dimensions))).size]);
  });

  test('one table with a replica in each region, all of them on demand and with point-in-time recovery', () => {
    const { Properties } = deployment.home.one('AWS::DynamoDB::GlobalTable');
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
    const replicas = Properties.Replicas as unknown as readonly { Region: string; PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean } }[];
    for (const { Region, PointInTimeRecoverySpecification } of replicas) {
      expect(quantity(Region, 'point-in-time recovery')).toHaveLength(PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled ? 1 : 0);
    }
    expect(replicas).toHaveLength(stacks.length);
  });

  test('one dashboard, where the bill has it', () => {
    expect(deployment.dashboard.all('AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(quantity(deployment.dashboard.region, 'dashboard')).toEqual([1]);
  });

  test('and nothing else that costs anything', () => {
    const free = /^AWS::(IAM|SNS|SQS|CDK)::|^AWS::Lambda::(EventInvokeConfig|Permission)|^AWS::Scheduler::ScheduleGroup|^AWS::Logs::MetricFilter/;
    const counted = /^AWS::(Lambda::(Function|EventSourceMapping)|Scheduler::Schedule|Logs::LogGroup|CloudWatch::(Alarm|Dashboard)|DynamoDB::GlobalTable)$/;
    for (const stack of [deployment.home, ...deployment.regions, deployment.dashboard]) {
      const types = Object.values((JSON.parse(stack.text) as { Resources: Record<string, { Type: string }> }).Resources).map(({ Type }) => Type);
      expect(types.filter((type) => !free.test(type) && !counted.test(type))).toEqual([]);
    }
  });
});
