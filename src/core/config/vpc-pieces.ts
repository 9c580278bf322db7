/** Where a prober stands that must reach private targets: in subnets of a network of its region. */
import * as z from 'zod';
import { awsRegions } from './aws-regions';
import type { Fault } from './mistakes';
import { nearestName } from './nearest-key';
import { because, map, referencePattern, text } from './pieces';
import { entriesOf, listOf, valueAt } from './plain-value';

const idOf = (rule: 'subnets' | 'securityGroups', prefix: 'subnet' | 'sg', mostOfThem: number, description: string) => {
  const pattern = `^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`;
  const one = text(rule, (value) => new RegExp(pattern).test(value), { anyOf: [{ pattern }, { pattern: referencePattern }] });
  return z
    .array(one, because(rule))
    .min(1, because(rule))
    .max(mostOfThem, because(rule))
    .meta({ description, examples: [[`${prefix}-0123456789abcdef0`]] });
};

const place = map({
  subnets: idOf('subnets', 'subnet', 16, 'Subnets of one network, best in two zones, each with a way out to the Internet.'),
  securityGroups: idOf('securityGroups', 'sg', 5, 'Security groups of the same network: what the prober may contact.'),
});

export const vpc = z.record(z.string(), place, because('map')).meta({
  description: 'For each region whose prober must reach private addresses, where it stands. It needs `allowPrivate: true` and a way out: docs/deploy.md.',
  propertyNames: { enum: [...awsRegions] },
});

/** Only a prober stands in a network: whoever watches the regions keeps its own way to them. */
export function vpcFaults(root: unknown): readonly Fault[] {
  const probers = listOf(valueAt(root, ['regions', 'probers'])).filter((name) => typeof name === 'string');
  return entriesOf(valueAt(root, ['network', 'vpc'])).flatMap(([name]): readonly Fault[] => {
    if (probers.includes(name) || probers.length === 0) return [];
    const nearest = nearestName(name, probers);
    const advice = nearest === undefined ? `write one of your probers: ${probers.join(', ')}` : `did you mean ${nearest}?`;
    return [{ path: ['network', 'vpc', name], problem: 'no prober runs in this region', advice }];
  });
}

type Places = Readonly<Record<string, z.output<typeof place>>>;

export function vpcWarnings({
  allowPrivate,
  vpc: places = {},
}: {
  readonly allowPrivate?: boolean | undefined;
  readonly vpc?: Places | undefined;
}): readonly Fault[] {
  const alone = Object.entries(places).flatMap(([name, { subnets }]): readonly Fault[] => {
    if (subnets.length > 1) return [];
    const problem = 'the prober stands in one subnet, and sees nothing when its zone fails';
    return [{ path: ['network', 'vpc', name, 'subnets'], problem, advice: 'add a subnet of another zone' }];
  });
  if (Object.keys(places).length === 0 || allowPrivate === true) return alone;
  const problem = 'probers stand in private networks, and private addresses are not probed';
  return [{ path: ['network', 'vpc'], problem, advice: 'add `allowPrivate: true` beside it, or remove it' }, ...alone];
}
