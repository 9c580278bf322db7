/** Answers, for the few operators that our policies use, what IAM would: may this role make this call? */
import type { Deployed, Value } from './assembly';

export interface Call {
  readonly action: string;
  readonly resource: Value;
  /** Condition keys of the request; a key that is not here is absent. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: Value;
  readonly Principal?: Value;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface RoleProperties {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

export interface RoleDeployed extends RoleProperties {
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** Every role of a stack, with whatever a policy outside of the role would have added counted as a mistake. */
export function rolesOf(stack: Deployed): readonly RoleDeployed[] {
  if (stack.all('AWS::IAM::Policy').length > 0) throw new Error(`${stack.name} has policies outside of its roles`);
  return stack.all('AWS::IAM::Role').map(({ id, Properties }) => {
    if ('ManagedPolicyArns' in Properties) throw new Error(`${id} has managed policies`);
    const role = Properties as unknown as RoleProperties;
    return { ...role, id, statements: role.Policies.flatMap((policy) => policy.PolicyDocument.Statement) };
  });
}

export function allows(statements: readonly Statement[], call: Call): boolean {
  const matching = statements.filter((statement) => applies(statement, call));
  return matching.some(({ Effect }) => Effect === 'Allow') && matching.every(({ Effect }) => Effect === 'Allow');
}

function applies(statement: Statement, call: Call): boolean {
  const operators = Object.entries(statement.Condition ?? {});
  return (
    many(statement.Action).some((pattern) => like(pattern, call.action)) &&
    many(statement.Resource).some((pattern) => covers(pattern, call.resource)) &&
    operators.every(([operator, wanted]) => Object.entries(wanted).every(([key, values]) => holds(operator, many(values), call.keys?.[key])))
  );
}

/** An operator of ours that is new to this file is a mistake here, never a pass. */
function holds(operator: string, wanted: readonly string[], found: readonly string[] | undefined): boolean {
  switch (operator) {
    case 'ForAllValues:StringLike':
      return (found ?? []).every((value) => wanted.some((pattern) => like(pattern, value)));
    case 'Null':
      return wanted.includes(String(found === undefined));
    case 'StringEquals':
    case 'Bool':
      return (found ?? []).some((value) => wanted.includes(value));
    case 'ArnLike':
    case 'ArnEquals':
      return (found ?? []).some((value) => wanted.some((pattern) => like(pattern, value)));
    default:
      throw new Error(`No answer for the operator ${operator}`);
  }
}

/** Resources are compared as they stand in the template, references included. */
function covers(pattern: Value, resource: Value): boolean {
  if (typeof pattern === 'string' && typeof resource === 'string') return like(pattern, resource);
  return pattern === '*' || JSON.stringify(pattern) === JSON.stringify(resource);
}

function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(text);
}

const many = <T extends Value>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
