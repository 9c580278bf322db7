/** Rights: a condition on a key that the emulator's IAM does not fill in would refuse every call, so the statement is allowed without it. */

import type { Stack } from '../assembly';
import { formCall } from '../signed-call';
import type { Bridge } from './bridge';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Right {
  readonly region: string;
  readonly role: string;
  readonly policy: string;
  readonly keys: readonly string[];
  readonly statement: Statement;
}

/** Which namespace, and which items, is asserted on the template instead. */
const unknownKeys: ReadonlySet<string> = new Set(['cloudwatch:namespace', 'dynamodb:LeadingKeys']);

export const allowUnknownConditions: Bridge = {
  name: 'unknown-conditions',
  why: 'the key is unknown to the IAM here, which then refuses; resources and actions are checked as they stand',
  async build({ emulator, stacks }) {
    const rights = stacks.flatMap(rightsOf);
    for (const { region, role, policy, statement } of rights) {
      const { Condition: _, ...unconditional } = statement;
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [unconditional] });
      await formCall(emulator, 'iam', region, { Action: 'PutRolePolicy', RoleName: role, PolicyName: policy, PolicyDocument });
    }
    return {
      did: rights.map(({ role, keys, statement }) => `${role} may ${[statement.Action].flat().join(', ')} without ${keys.join(', ')}`),
      async remove() {
        for (const { region, role, policy } of rights) {
          await formCall(emulator, 'iam', region, { Action: 'DeleteRolePolicy', RoleName: role, PolicyName: policy });
        }
      },
    };
  },
};

function rightsOf(stack: Stack): readonly Right[] {
  return stack.all('AWS::IAM::Role').flatMap(({ Properties }) => {
    const policies = (Properties.Policies ?? []) as readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    return statements.flatMap((statement, place) => {
      const keys = [...new Set(Object.values(statement.Condition ?? {}).flatMap((condition) => Object.keys(condition)))];
      if (!keys.some((key) => unknownKeys.has(key))) return [];
      const stranger = keys.find((key) => !unknownKeys.has(key));
      const role = String(Properties.RoleName);
      if (stranger !== undefined) throw new Error(`${role} has a right under the condition ${stranger}, too, which must not be lost on the way`);
      if ([statement.Resource].flat().some((resource) => typeof resource !== 'string')) throw new Error(`${role} has a right on what is not said by its name`);
      return [{ region: stack.region, role, policy: `bridge-${place}`, keys, statement }];
    });
  });
}
