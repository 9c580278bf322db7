/** Which kinds of fault belong together, by what they hit: for storms that are heavy with some of them. */
export const faultGroups = {
  links: ['blip', 'partition', 'isolation', 'names'],
  replication: ['stall', 'disorder'],
  regions: ['dark', 'bothProbers'],
  /** What invokes a function: lost, late, or twice. */
  events: ['lostMinute', 'late', 'duplicate', 'repetition'],
  functions: ['hung', 'deaf', 'stopped', 'watchdogDead', 'crashes', 'lateCrash', 'skipping'],
  deploys: ['badDeploy', 'anotherBadDeploy', 'badDeployEverywhere'],
  tables: ['throttled', 'broken', 'slow', 'lostAnswers', 'refusedConditions'],
  topics: ['topicFailing', 'topicDropping', 'outsideFailing'],
  clocks: ['clock', 'steppingClock'],
  rights: ['credentials'],
  targets: ['outage', 'regionalOutage'],
  orders: ['orders', 'orderedOutage'],
} as const;

export type FaultGroup = keyof typeof faultGroups;

export const faultGroupNames = Object.keys(faultGroups) as readonly FaultGroup[];

export const isFaultGroup = (word: string): word is FaultGroup => faultGroupNames.some((name) => name === word);

export const kindsOf = (groups: readonly FaultGroup[]): readonly string[] => groups.flatMap((group) => faultGroups[group]);
