/** Everything twinwatch runs in one region. It knows the table and the other regions by their names alone. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { type FunctionRole, inboxUrlVariable, scheduleGroupName } from '../src/core/names';
import { everyFunction, hasInbox, hasRelay, hasWorkers, rolesIn } from '../src/core/region-functions';
import { silenceWarmUpMs } from '../src/core/silence-alarm';
import { Alerts } from './alerts';
import { EveryMinute } from './every-minute';
import { Inbox } from './inbox';
import { ProbeWorker } from './probe-worker';
import { delayOf } from './region-functions';
import { Relay } from './relay';
import { SilenceAlarm } from './silence-alarm';
import { TroubleAlarms } from './trouble-alarms';
import { WatchedFunction } from './watched-function';
import { Widget } from './widget';

export interface TwinwatchRegionProps {
  /** What is watched, from where, and who is told. The region of the stack must be one of its regions. */
  readonly config: Config;
  /**
   * How long the logs of the functions are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * How long a new alarm waits for a first beat. It must cover the deployment of the regions that follow.
   * @default Duration.minutes(10)
   */
  readonly warmUp?: Duration;
}

/** The functions on their schedules, the topic with its subscriptions, an alarm for every function of every region, alarms on what fails here, and what the dashboard shows of it. */
export class TwinwatchRegion extends Construct {
  readonly topic: ITopic;
  readonly alarmTopic: ITopic;
  private roundsLog: ILogGroup | undefined;
  /** The functions of this region; a witness has no prober. */
  readonly functions: Readonly<Partial<Record<FunctionRole, Lambda>>>;

  constructor(scope: Construct, id: string, props: TwinwatchRegionProps) {
    super(scope, id);
    const region = this.regionIn(props.config);
    const alerts = new Alerts(this, 'Alerts', props.config);
    this.topic = alerts.topic;
    this.alarmTopic = alerts.alarmTopic;
    this.functions = this.addFunctions(region, props);
    if (hasWorkers(props.config, region))
      new ProbeWorker(this, 'probe-worker', { ...props, region, logRetention: props.logRetention ?? RetentionDays.ONE_MONTH });
    if (hasInbox(props.config, region)) this.addInbox(region, props);
    new Widget(this, 'widget', { config: props.config, region, logRetention: props.logRetention ?? RetentionDays.ONE_MONTH });
    if (hasRelay(props.config))
      new Relay(this, 'relay', {
        ...props,
        region,
        topics: [...new Set([this.topic, this.alarmTopic])],
        logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      });
    this.addAlarms(region, props);
    new TroubleAlarms(this, 'Trouble', { config: props.config, region, tells: this.alarmTopic, roundsLog: this.roundsLog });
  }

  private regionIn(config: Config): RegionId {
    const name = Stack.of(this).region;
    const region = allRegions(config.regions).find((candidate) => candidate === name);
    if (region === undefined) throw new Error(`The stack of ${this.node.path} is in "${name}", which the configuration does not name as a region`);
    return region;
  }

  private addFunctions(region: RegionId, { config, logRetention }: TwinwatchRegionProps): Readonly<Partial<Record<FunctionRole, Lambda>>> {
    const group = new ScheduleGroup(this, 'Schedules', { scheduleGroupName, removalPolicy: RemovalPolicy.DESTROY });
    const functions: Partial<Record<FunctionRole, Lambda>> = {};
    for (const role of rolesIn(config.regions, region)) {
      const { lambda, log } = new WatchedFunction(this, role, { config, role, region, logRetention: logRetention ?? RetentionDays.ONE_MONTH });
      new EveryMinute(this, `${role}-every-minute`, { group, role, region, runs: lambda, delay: delayOf(role, config) });
      functions[role] = lambda;
      if (role === 'prober') this.roundsLog = log;
    }
    return functions;
  }

  /** The prober looks at each round whether it takes pings. */
  private addInbox(region: RegionId, { config, logRetention }: TwinwatchRegionProps): void {
    const inbox = new Inbox(this, 'inbox', { config, region, logRetention: logRetention ?? RetentionDays.ONE_MONTH });
    this.functions.prober?.addEnvironment(inboxUrlVariable, inbox.url);
  }

  private addAlarms(observer: RegionId, { config, warmUp }: TwinwatchRegionProps): void {
    for (const subject of everyFunction(config.regions)) {
      const id = `${subject.role}-${subject.region}-silent`;
      new SilenceAlarm(this, id, {
        subject,
        observer,
        runbookUrl: config.runbookUrl,
        tells: this.alarmTopic,
        warmUp: warmUp ?? Duration.millis(silenceWarmUpMs),
      });
    }
  }
}
