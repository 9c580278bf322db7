/** All regions on one CloudWatch dashboard. It refers to other regions by computed names, so it deploys without them. */
import { Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  CustomWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { functionArn, silenceAlarmName } from '../src/core/names';
import { everyFunction } from '../src/core/region-functions';
import { troubleAlarms } from '../src/core/trouble-alarm';
import { beatMetric } from './beat-metric';
import { dashboardText } from './dashboard-text';
import { alarmArn, dashboardName } from './deployed-names';

export interface TwinwatchDashboardProps {
  /** Names the regions to show. */
  readonly config: Config;
}

const fullWidth = 24;
const halfWidth = fullWidth / 2;
/** CloudWatch takes no more in one widget. */
const mostAlarms = 100;

/** What each region sees, what the alarms of all regions say, and which beats reach each region. */
export class TwinwatchDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { config }: TwinwatchDashboardProps) {
    super(scope, id);
    const regions = allRegions(config.regions);
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName });
    this.dashboard.addWidgets(new TextWidget({ width: fullWidth, height: 4, markdown: dashboardText(config) }));
    for (const alarms of inParts(
      regions.flatMap((region) => this.alarmsOf(region, config)),
      mostAlarms,
    ))
      this.dashboard.addWidgets(alarmsOfAllRegions(alarms));
    for (const pair of inParts(regions, fullWidth / halfWidth)) this.dashboard.addWidgets(...pair.map((region) => this.asSeenBy(region, config)));
    for (const pair of inParts(regions, fullWidth / halfWidth)) this.dashboard.addWidgets(...pair.map((region) => beatsSeenFrom(region, config)));
  }

  private alarmsOf(region: RegionId, config: Config): readonly IAlarm[] {
    const { account } = Stack.of(this);
    const silence = everyFunction(config.regions).map((subject) => silenceAlarmName(subject.role, subject.region));
    const names = [...silence, ...troubleAlarms(config, region).map(({ name }) => name)];
    return names.map((name) => Alarm.fromAlarmArn(this, `${region}-hears-${name}`, alarmArn(account, region, name)));
  }

  /** Drawn by a function of that region: where one is dark, the others still draw. */
  private asSeenBy(region: RegionId, { monitors, regions }: Config): IWidget {
    const rows = 2 * Math.min(monitors.length, 10) + 2 * allRegions(regions).length;
    return new CustomWidget({
      title: `As ${region} has it`,
      functionArn: functionArn(Stack.of(this).account, region, 'widget'),
      width: halfWidth,
      height: Math.min(24, 10 + rows),
      updateOnRefresh: true,
      updateOnResize: false,
      updateOnTimeRangeChange: false,
    });
  }
}

/** What fires comes first, whichever region it is of. */
function alarmsOfAllRegions(alarms: readonly IAlarm[]): IWidget {
  return new AlarmStatusWidget({
    title: 'Alarms of all regions, those that fire first',
    alarms: [...alarms],
    sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
    width: fullWidth,
    height: 2 + Math.ceil(alarms.length / 6),
  });
}

/** The metrics that the alarms hear, and no others: each new one would cost for every region. */
function beatsSeenFrom(observer: RegionId, { regions }: Config): IWidget {
  return new GraphWidget({
    title: `Beats that reach ${observer}, per minute: at least 1, or the function is silent`,
    region: observer,
    width: halfWidth,
    height: 5,
    left: everyFunction(regions).map((subject) => beatMetric(subject, { region: observer, label: `${subject.role} of ${subject.region}` })),
    leftYAxis: { min: 0, showUnits: false },
  });
}

function inParts<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, part) => all.slice(part * most, (part + 1) * most));
}
