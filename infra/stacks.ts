/** The stacks of a configuration, in the order in which they are deployed: one region at a time, and none needs another's values. */
import { type App, Stack } from 'aws-cdk-lib';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { dashboardStackName, homeStackName, regionStackName } from '../src/core/names';
import { homeRegion } from './region-functions';
import { TwinwatchDashboard } from './twinwatch-dashboard';
import { TwinwatchRegion } from './twinwatch-region';
import { TwinwatchTable } from './twinwatch-table';

export interface TwinwatchStacks {
  readonly home: Stack;
  readonly regions: readonly Stack[];
  readonly dashboard: Stack;
}

/** The account may be unknown at synth time; the regions never are. */
export function addStacks(app: App, config: Config, account: string | undefined): TwinwatchStacks {
  const stackIn = (name: string, region: RegionId, description: string) =>
    new Stack(app, name, { stackName: name, description, env: { ...(account === undefined ? {} : { account }), region } });

  const home = stackIn(homeStackName, homeRegion(config), 'twinwatch: the global table and its replicas');
  new TwinwatchTable(home, 'Table', { config });

  const regions = allRegions(config.regions).map((region) => {
    const stack = stackIn(regionStackName(region), region, `twinwatch: what runs in ${region}`);
    new TwinwatchRegion(stack, 'Region', { config });
    return stack;
  });

  const dashboard = stackIn(dashboardStackName, lastRegion(config), 'twinwatch: all regions on one dashboard');
  new TwinwatchDashboard(dashboard, 'Dashboard', { config });

  oneAfterAnother([home, ...regions, dashboard]);
  return { home, regions, dashboard };
}

/** The witness where there is one: the dashboard should not live with what it shows. */
function lastRegion(config: Config): RegionId {
  return allRegions(config.regions).at(-1) ?? homeRegion(config);
}

function oneAfterAnother(stacks: readonly Stack[]): void {
  stacks.reduce((before, stack) => {
    stack.addStackDependency(before);
    return stack;
  });
}
