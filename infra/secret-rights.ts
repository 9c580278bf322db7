/** Which secrets a function may read: those that the configuration refers to, by name, in its own region. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RegionId } from '../src/core/basics/brand';
import { type SecretPlace, secretPlace } from '../src/core/secret';

export interface SecretReader {
  readonly account: string;
  readonly region: RegionId;
  /** As the configuration refers to them. */
  readonly secrets: readonly string[];
}

/** The inline policy by its name; none where nothing is referred to. */
export function secretRights({ account, region, secrets }: SecretReader): Readonly<Record<string, PolicyDocument>> {
  const places = secrets.flatMap((reference) => secretPlace(reference) ?? []);
  const namesIn = (store: SecretPlace['store']): readonly string[] => [...new Set(places.filter((place) => place.store === store).map(({ name }) => name))];
  const statements = [
    // Secrets Manager adds a dash and six characters of its own to each name.
    ...statement(
      'secretsmanager:GetSecretValue',
      namesIn('secrets-manager').map((name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-??????`),
    ),
    ...statement(
      'ssm:GetParameter',
      namesIn('parameter-store').map((name) => `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`),
    ),
  ];
  return statements.length === 0 ? {} : { 'read-own-secrets': new PolicyDocument({ statements }) };
}

const statement = (action: string, resources: readonly string[]): readonly PolicyStatement[] =>
  resources.length === 0 ? [] : [new PolicyStatement({ actions: [action], resources: [...resources] })];
