/** What a probe worker may do: read the secrets of what it probes, and write its log. No table, no topic, no metric: what it saw it answers. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type RightsOf, standInVpc } from './rights';
import { secretRights } from './secret-rights';

/** The inline policies of its role, by name. */
export function probeWorkerRightsOf(
  owner: Pick<RightsOf, 'account' | 'region' | 'logGroupArn' | 'secrets' | 'isInVpc'>,
): Readonly<Record<string, PolicyDocument>> {
  const ofVpc = owner.isInVpc === true ? standInVpc({ ...owner, role: 'probe-worker' }) : [];
  return {
    ...secretRights(owner),
    ...(ofVpc.length === 0 ? {} : { 'stand-in-vpc': new PolicyDocument({ statements: [...ofVpc] }) }),
    'write-own-log': new PolicyDocument({
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [owner.logGroupArn] })],
    }),
  };
}
