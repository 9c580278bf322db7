/** The inventory as a page: what is deployed where and why, and what each function may do and why. */
import type { Config } from '../../src/core/config/config';
import { purposeOf } from './purposes';
import { type Right, type RoleRights, rolesOf } from './roles';
import { type Acknowledged, nameOf, type StackTemplate, type TemplateResource, templatesOf } from './template';

/**
 * Throws where something is deployed or granted that nobody has explained.
 * @param grown the same with more monitors than one function can probe: what it adds is said by itself
 */
export function inventoryOf(config: Config, grown?: Config): string {
  const stacks = templatesOf(config);
  const roles = stacks.flatMap(rolesOf);
  return [
    '# Inventory',
    '',
    ...introduction(config),
    '',
    '## Stacks, in the order in which they are deployed',
    '',
    ...stacks.map(({ name, region, resources }, index) => `${index + 1}. \`${name}\` in ${region}, ${counted(resources.length)}`),
    '',
    ...stacks.flatMap(resourcesOf),
    '## Rights',
    '',
    'Every function has a role of its own, and so has every schedule.',
    '',
    ...roles.flatMap(rightsOf),
    '## Wildcards',
    '',
    ...wildcards(roles),
    '',
    '## Findings of cdk-nag (AwsSolutions) that are acknowledged',
    '',
    ...findings(stacks.flatMap(({ acknowledged }) => acknowledged)),
    '',
    ...(grown === undefined ? [] : additions(stacks, templatesOf(grown))),
  ].join('\n');
}

function introduction({ regions, channels }: Config): readonly string[] {
  const witness = regions.witness === undefined ? 'no witness' : `a witness in ${regions.witness}`;
  return [
    `Written by \`npm run inventory\` from the templates that are deployed for probers in ${regions.probers.join(' and ')}, ${witness},`,
    `intervals of a minute, and channels of the kinds ${channels.map(({ kind }) => `\`${kind}\``).join(', ')}; a test compares it.`,
    'For a file of your own: `npm run inventory -- twinwatch.yaml`. `ACCOUNT` is the number of the account.',
  ];
}

function additions(usual: readonly StackTemplate[], grown: readonly StackTemplate[]): readonly string[] {
  const knownLines = new Set(usual.flatMap(resourcesOf));
  const knownRoles = new Map(usual.flatMap(rolesOf).map((role) => [role.name, new Set(role.rights.map((right) => rightLines(right).join()))]));
  const roleLines = ({ name, trusts, rights }: RoleRights): readonly string[] => {
    const known = knownRoles.get(name);
    const more = rights.filter((right) => known?.has(rightLines(right).join()) !== true);
    return more.length === 0 ? [] : [`#### ${name}`, '', ...(known === undefined ? [`Taken by ${trusts}.`, ''] : []), ...more.flatMap(rightLines), ''];
  };
  return [
    '## Where the monitors are more than one function can probe',
    '',
    '`npx twinwatch check` says when. Each region that probes then has this beside all of the above, and nothing else is changed:',
    '',
    ...grown.flatMap((stack) => {
      const resources = resourcesOf(stack).filter((line) => line !== '' && !knownLines.has(line));
      return resources.length === 0 ? [] : [`### ${stack.name}, in addition`, '', ...resources, '', ...rolesOf(stack).flatMap(roleLines)];
    }),
  ];
}

const counted = (count: number): string => (count === 1 ? '1 resource' : `${count} resources`);

function resourcesOf(stack: StackTemplate): readonly string[] {
  const lines = stack.resources.map((resource) => `- ${titleOf(resource)}: ${purposeOf(resource, stack)}${keeping(resource)}`);
  return [`### ${stack.name}`, '', `${stack.description}.`, '', ...lines, ''];
}

function titleOf(resource: TemplateResource): string {
  const name = nameOf(resource);
  const kind = resource.type.replace(/^AWS::/, '');
  return name === undefined ? kind : `${kind} \`${name}\``;
}

const keeping = ({ isRetained }: TemplateResource): string => (isRetained ? ' It outlives its stack.' : '');

function rightsOf({ name, trusts, rights }: RoleRights): readonly string[] {
  return [`### ${name}`, '', `Taken by ${trusts}.`, '', ...rights.flatMap(rightLines), ''];
}

function rightLines({ actions, resources, conditions, reason, isDenied }: Right): readonly string[] {
  return [`- ${isDenied ? 'denied: ' : ''}${code(actions)}: ${reason}`, `  - on ${code(resources)}`, ...conditions.map((condition) => `  - if ${condition}`)];
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** One line for each reason, and where it holds. */
function findings(acknowledged: readonly Acknowledged[]): readonly string[] {
  const answers = [...new Set(acknowledged.map(({ rule, reason }) => `\`${rule}\`: ${reason}`))];
  return answers.flatMap((answer) => {
    const places = acknowledged.filter(({ rule, reason }) => answer === `\`${rule}\`: ${reason}`).map(({ where }) => `  - at \`${where}\``);
    return [`- ${answer}`, ...places];
  });
}

/** Why there is no other way. */
const byLambda = 'Lambda checks it on all resources before it connects a function to a VPC, and the function itself is denied it';
const unavoidable: Readonly<Record<string, string>> = {
  'cloudwatch:PutMetricData': 'AWS has no resource for a metric',
  'ec2:CreateNetworkInterface': byLambda,
  'ec2:DescribeNetworkInterfaces': byLambda,
  'ec2:DeleteNetworkInterface': byLambda,
  'ec2:DescribeSubnets': byLambda,
  'ec2:AssignPrivateIpAddresses': byLambda,
  'ec2:UnassignPrivateIpAddresses': byLambda,
};

/** Throws where an action or a resource is a wildcard and need not be one. */
function wildcards(roles: readonly RoleRights[]): readonly string[] {
  const found = roles.flatMap(({ name, rights }) =>
    rights
      .filter(({ actions, resources, isDenied }) => !isDenied && [...actions, ...resources].some((word) => word.includes('*')))
      .map((right) => ({ name, ...right })),
  );
  return [...new Set(found.flatMap((right) => right.actions))].map((action) => {
    const having = found.filter((right) => right.actions.includes(action));
    const reason = unavoidable[action];
    if (reason === undefined)
      throw new Error(`${having.map(({ name }) => name).join(', ')}: \`${action}\` is a wildcard, or granted on one: name what it is for`);
    const where = [
      ...new Set(having.map(({ resources, conditions }) => `${code(resources)}${conditions.length === 0 ? '' : ` if ${conditions.join('; ')}`}`)),
    ].join(', ');
    return `- \`${action}\` on ${where}: ${reason}. ${having.length === 1 ? '1 role has' : `${having.length} roles have`} it.`;
  });
}
