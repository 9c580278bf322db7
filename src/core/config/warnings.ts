/** What is allowed, and still worth a second thought. */
import { mostMonitorsOfOneBeat } from '../function-size';
import { controlPlaneRegion } from './aws-regions';
import { budgetWarnings } from './budget-warnings';
import { channelWarnings } from './channels/warnings';
import type { Config } from './config';
import { kindOf, kindsIn } from './kinds/kinds';
import type { Fault } from './mistakes';
import type { SourceConfig } from './schema';
import { vpcWarnings } from './vpc-pieces';

export function warningsFor({ regions, anchors = [], channels = {}, outside = {}, network = {}, monitors, budget, defaults }: SourceConfig): readonly Fault[] {
  return [
    ...regionWarnings(regions),
    ...anchorWarnings(anchors),
    ...channelWarnings(channels),
    ...outsideWarnings(regions, outside),
    ...vpcWarnings(network),
    ...monitorWarnings(monitors),
    ...budgetWarnings({ budget, defaults, monitors }),
  ];
}

/** However many functions probe, what a region sees is one item of the table. */
export function sizeWarnings({ monitors }: Config): readonly Fault[] {
  if (monitors.length <= mostMonitorsOfOneBeat) return [];
  const problem = `there are ${monitors.length} monitors, and what a region says of a round in which everything fails fits one item of DynamoDB for about ${mostMonitorsOfOneBeat}: more than that could not be stored`;
  return [{ path: ['monitors'], problem, advice: 'split the file into two deployments in accounts of their own' }];
}

function regionWarnings({ probers, witness }: SourceConfig['regions']): readonly Fault[] {
  const warnings: Fault[] = [];
  if (probers.length === 1) {
    const problem = 'one region probes alone, so nothing it sees is confirmed and no peer tells when it stops';
    warnings.push({ path: ['regions', 'probers'], problem, advice: 'add a second region' });
  }
  if (witness === undefined) {
    const problem = 'there is no witness, so nobody tells when every prober stops, and a lost link looks like a dead region';
    warnings.push({ path: ['regions'], problem, advice: 'add `witness:` with a third region' });
  }
  const paths = [...probers.map((name, index) => ({ name, path: ['regions', 'probers', index] })), { name: witness, path: ['regions', 'witness'] }];
  for (const { name, path } of paths) {
    if (name !== controlPlaneRegion) continue;
    const problem = `${name} holds the control planes of many AWS services, and its past outages reached what others depend on`;
    warnings.push({ path, problem, advice: 'prefer a region such as us-east-2' });
  }
  return warnings;
}

function anchorWarnings(anchors: readonly string[]): readonly Fault[] {
  if (anchors.length > 0) return [];
  const problem = 'there are no anchors, so a region that is cut off knows it only by losing sight of all others';
  return [{ path: ['anchors'], problem, advice: 'add two neutral addresses, such as https://dynamodb.eu-north-1.amazonaws.com/' }];
}

/** Where a switch is wanted at all, a region without one can go dark with nobody outside expecting it. */
function outsideWarnings({ probers, witness }: SourceConfig['regions'], outside: NonNullable<SourceConfig['outside']>): readonly Fault[] {
  const untold = [...probers, ...(witness === undefined ? [] : [witness])].filter((name) => outside[name] === undefined);
  if (Object.keys(outside).length === 0 || untold.length === 0) return [];
  return [{ path: ['outside'], problem: `nothing outside waits for ${untold.join(' and ')}`, advice: 'add a switch with a URL of its own for each region' }];
}

const monitorWarnings = (monitors: SourceConfig['monitors']): readonly Fault[] =>
  Object.entries(monitors).flatMap(([id, monitor]) =>
    kindsIn(monitor).flatMap((key) => (kindOf(key).warnings?.(monitor[key]) ?? []).map((fault) => ({ ...fault, path: ['monitors', id, key, ...fault.path] }))),
  );
