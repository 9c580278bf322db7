/** All regions on one CloudWatch dashboard. It refers to other regions by computed names, so it deploys without them. */
import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, Dashboard, GraphWidget, type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { silenceAlarmName } from '../src/core/names';
import { everyFunction } from '../src/core/region-functions';
import { beatMetric } from './beat-metric';
import { alarmArn, dashboardName } from './deployed-names';

export interface TwinwatchDashboardProps {
  /** Names the regions to show. */
  readonly config: Config;
}

const fullWidth = 24;

/** What each region's alarms say, and which beats reach each region. */
export class TwinwatchDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { config }: TwinwatchDashboardProps) {
    super(scope, id);
    const regions = allRegions(config.regions);
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName });
    this.dashboard.addWidgets(header(config));
    this.dashboard.addWidgets(...regions.map((region) => this.alarmsIn(region, config)));
    for (const region of regions) this.dashboard.addWidgets(beatsSeenFrom(region, config));
  }

  private alarmsIn(region: RegionId, { regions }: Config): IWidget {
    const { account } = Stack.of(this);
    const alarms = everyFunction(regions).map((subject) => {
      const name = silenceAlarmName(subject.role, subject.region);
      return Alarm.fromAlarmArn(this, `${region}-hears-${name}`, alarmArn(account, region, name));
    });
    return new AlarmStatusWidget({ title: `Alarms in ${region}`, alarms, width: Math.max(6, Math.floor(fullWidth / allRegions(regions).length)), height: 5 });
  }
}

function header({ regions, monitors }: Config): IWidget {
  const witness = regions.witness === undefined ? 'There is no witness.' : `**${regions.witness}** is the witness.`;
  return new TextWidget({
    width: fullWidth,
    height: 3,
    markdown: [
      '# twinwatch',
      `${monitors.length === 1 ? '1 monitor is' : `${monitors.length} monitors are`} probed from **${regions.probers.join('**, **')}**. ${witness}`,
      'Below: what the alarms of each region say, then the beats that reach each region. Every line is at least 1 a minute, or its function is silent. `docs/runbook.md` says what to do.',
    ].join('\n\n'),
  });
}

function beatsSeenFrom(observer: RegionId, { regions }: Config): IWidget {
  return new GraphWidget({
    title: `Beats that reach ${observer}, per minute`,
    region: observer,
    width: fullWidth,
    height: 6,
    left: everyFunction(regions).map((subject) => beatMetric(subject, { region: observer, label: `${subject.role} of ${subject.region}` })),
    leftYAxis: { min: 0, showUnits: false },
  });
}
