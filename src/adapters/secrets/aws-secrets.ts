/** Secrets of the function's own region: Secrets Manager, or a parameter of Systems Manager. */
import type { RegionId } from '../../core/basics/brand';
import type { SecretPlace } from '../../core/secret';
import { signedPost } from '../aws/signed-post';
import type { ReadSecret } from './secrets';

/** Whoever waits for it has something to say. */
const limitMs = 2000;

export const secretsInAws = (region: RegionId): ReadSecret => {
  const readers: Readonly<Record<SecretPlace['store'], ReadSecret>> = {
    'secrets-manager': async ({ name }) => {
      const json = { SecretId: name };
      const answer = await signedPost({ service: 'secretsmanager', region, limitMs, target: 'secretsmanager.GetSecretValue', json });
      return textIn((JSON.parse(answer) as { readonly SecretString?: unknown }).SecretString);
    },
    'parameter-store': async ({ name }) => {
      const json = { Name: name, WithDecryption: true };
      const answer = await signedPost({ service: 'ssm', region, limitMs, target: 'AmazonSSM.GetParameter', json });
      return textIn((JSON.parse(answer) as { readonly Parameter?: { readonly Value?: unknown } }).Parameter?.Value);
    },
  };
  return (place) => readers[place.store](place);
};

function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  throw Object.assign(new Error('the secret holds no text'), { name: 'NoText' });
}
