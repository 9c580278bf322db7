/** Every role of a stack with its rights, each with the reason why it is there. */

import { reasonOfSchedule, schedulePolicy } from '../every-minute';
import { reasonsOfRights } from '../rights';
import { nameOf, type StackTemplate, type TemplateResource, textOf } from './template';

export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
  readonly reason: string;
  /** Not granted but taken away, whatever else grants it. */
  readonly isDenied: boolean;
}

export interface RoleRights {
  readonly name: string;
  readonly region: string;
  /** Who may take it. */
  readonly trusts: string;
  readonly rights: readonly Right[];
}

interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly Service?: unknown };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Policy {
  readonly PolicyName: string;
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

export function rolesOf(stack: StackTemplate): readonly RoleRights[] {
  return stack.resources.filter(({ type }) => type === 'AWS::IAM::Role').map((role) => roleOf(role, stack));
}

function roleOf(role: TemplateResource, stack: StackTemplate): RoleRights {
  const policies = (role.properties.Policies ?? []) as readonly Policy[];
  const trust = (role.properties.AssumeRolePolicyDocument as Policy['PolicyDocument']).Statement;
  return {
    name: nameOf(role) ?? role.id,
    region: stack.region,
    trusts: trust.map((statement) => [textOf(statement.Principal?.Service, stack), ...conditionsOf(statement, stack)].join(', if ')).join('; '),
    rights: policies.flatMap((policy) => policy.PolicyDocument.Statement.map((statement) => rightOf(statement, policy.PolicyName, stack))),
  };
}

/** Throws where a right has no reason: then nobody may have it. */
function rightOf(statement: Statement, policy: string, stack: StackTemplate): Right {
  const reason = policy === schedulePolicy ? reasonOfSchedule : reasonsOfRights[policy];
  if (reason === undefined) throw new Error(`${stack.name} grants "${policy}" without a reason: write it in infra/rights.ts`);
  return {
    actions: [statement.Action].flat(),
    resources: [statement.Resource].flat().map((resource) => textOf(resource, stack)),
    conditions: conditionsOf(statement, stack),
    reason,
    isDenied: statement.Effect === 'Deny',
  };
}

function conditionsOf({ Condition: conditions = {} }: Statement, stack: StackTemplate): readonly string[] {
  const code = (value: unknown): string =>
    [value]
      .flat()
      .map((one) => `\`${textOf(one, stack)}\``)
      .join(', ');
  return Object.entries(conditions).flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => sayCondition(operator, key, code(value))));
}

function sayCondition(operator: string, key: string, values: string): string {
  if (operator === 'Null') return `\`${key}\` is ${values.includes('false') ? 'given' : 'absent'}`;
  if (operator.startsWith('ForAllValues')) return `every \`${key}\` is one of ${values}`;
  return `\`${key}\` is ${operator.includes('Like') ? 'like ' : ''}${values}`;
}
