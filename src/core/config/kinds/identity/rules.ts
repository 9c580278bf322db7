/** What the rules of `identity` say when they are broken. */
import { jsonPathTrouble } from '../../json-paths';
import type { RuleWords, Seen } from '../../rules';

export type IdentityRule = 'identity' | 'identity-equals' | 'identity-header' | 'identity-json' | 'identity-pin' | 'identity-path' | 'identity-secret';

const rule = (what: string | ((seen: Seen) => string), advice: string): RuleWords => ({
  advice,
  words: (seen) => ({ problem: `${seen.shown} ${typeof what === 'string' ? what : what(seen)}`, advice }),
});

export const identityRules: Readonly<Record<IdentityRule, RuleWords>> = {
  identity: rule('says nothing of who answers', 'write a map such as { header: x-instance, equals: shop-eu-1 }'),
  'identity-equals': rule('is no name that a host can have', 'write text of at most 100 characters, or a list of texts of which one must be it'),
  'identity-header': rule('is no name that a header can have', 'write a name such as x-instance'),
  'identity-json': rule(pathProblem, 'write a path such as $.instance'),
  'identity-pin': rule('is no pin', 'write the SHA-256 of the public key in base64, 44 characters that end with =, or a list of those'),
  'identity-path': rule('is no path', 'write a path such as /.well-known/twinwatch, without `?`'),
  'identity-secret': rule('is no secret that proves anything', `write a reference to at least 16 characters, such as "\${env:SHOP_EU_1_KEY}"`),
};

function pathProblem({ value, isReferenced }: Seen): string {
  const trouble = isReferenced ? undefined : jsonPathTrouble(value);
  return `is no path that can be followed in one pass${trouble === undefined ? '' : ` (${trouble})`}`;
}
