/** For an app of your own: put these into stacks of yours, one region each. `stacks.ts` shows how twinwatch itself does it. */
export { type ConfigFile, readConfigFile } from './config-file';
export { TwinwatchDashboard, type TwinwatchDashboardProps } from './twinwatch-dashboard';
export { TwinwatchRegion, type TwinwatchRegionProps } from './twinwatch-region';
export { TwinwatchTable, type TwinwatchTableProps } from './twinwatch-table';
