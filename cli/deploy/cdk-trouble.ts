/** What CDK or CloudFormation said when it failed, as a sentence that says what to do. */

interface Known {
  readonly sign: RegExp;
  readonly says: (found: readonly string[]) => string;
}

const known: readonly Known[] = [
  {
    sign: /Need to perform AWS calls for account (\w+), but the current credentials are for (\w+)/,
    says: ([, wanted, has]) => `it is to go into account ${wanted}, and these credentials are of ${has}: set AWS_PROFILE to one of ${wanted}`,
  },
  {
    sign: /has the environment been bootstrapped|requires bootstrap stack version|bootstrap template version|cdk-bootstrap\/\w+\/version not found/i,
    says: () => 'the region is not bootstrapped for CDK, or by an old one: run `npx cdk bootstrap aws://ACCOUNT/REGION` once',
  },
  {
    sign: /UnrecognizedClientException|InvalidClientTokenId|security token included in the request is invalid/,
    says: () =>
      'the region does not know these credentials: it is not enabled for this account (`aws account enable-region --region-name REGION`), or they are wrong',
  },
  {
    sign: /ExpiredToken|token has expired|session has expired/i,
    says: () => 'the credentials have expired: get new ones',
  },
  {
    sign: /Unable to resolve AWS account|no credentials have been configured|Could not load credentials/i,
    says: () => 'there are no AWS credentials here: set AWS_PROFILE, or run `aws login`',
  },
  {
    sign: /(?:Resource of type '([^']+)' with identifier '([^']+)' )?already exists/,
    says: ([, type, name]) =>
      `${type === undefined ? 'something' : `${type} "${name}"`} exists already and is in no stack of ours: the name is taken; delete it, or use another account`,
  },
  {
    sign: /LimitExceeded|quota|minimum value of \[\d+\]/i,
    says: () => 'a quota of the account is reached: the line above names it; ask for more in Service Quotas',
  },
  {
    sign: /AccessDenied|is not authorized to perform: (\S+)/,
    says: ([, action]) =>
      `the credentials may not do what it needs${action === undefined ? '' : ` (${action})`}: use a role that may assume CDK's deployment roles`,
  },
  {
    sign: /"--require-approval" is enabled and stack includes security-sensitive updates/,
    says: () => 'it changes rights, and nobody was there to approve: look at `npx cdk diff`, then deploy again with --yes',
  },
];

/** Undefined where it is nothing that is known. */
export function cdkTrouble(said: string): string | undefined {
  for (const { sign, says } of known) {
    const found = sign.exec(said);
    if (found !== null) return says(found);
  }
  return undefined;
}
