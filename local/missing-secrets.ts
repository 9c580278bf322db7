/** Secrets that a configuration refers to and that nobody gave: nothing is started without them. */
import { readSecretFile } from '../src/adapters/secrets/secret-file';
import type { Config } from '../src/core/config/config';
import { secretPlace, secretsIn } from '../src/core/secret';

/** What is missing and what to do, for the user; undefined where nothing is. */
export function missingSecrets({ monitors, channels }: Config, file: string | undefined): string | undefined {
  const names = [...new Set(secretsIn([monitors.map(({ probe }) => probe), channels]).map(nameInFile))];
  if (names.length === 0) return undefined;
  if (file === undefined) return `the configuration refers to ${names.join(', ')}; name a file of \`name: value\` lines with --secrets FILE`;
  try {
    const known = readSecretFile(file);
    const missing = names.filter((name) => !known.has(name));
    return missing.length === 0
      ? undefined
      : `${file} lacks ${missing.join(', ')}; add a line \`${missing[0]}: value\`${missing.length > 1 ? ' for each' : ''}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function nameInFile(reference: string): string {
  const place = secretPlace(reference);
  return place?.store === 'parameter-store' ? `ssm:${place.name}` : (place?.name ?? reference);
}
