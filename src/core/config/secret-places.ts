/** Where a configuration may hold a secret: only where the function that uses the value can read it by itself. */
import { isKindOfSns } from './channels/channel';
import type { Path } from './mistakes';

/** Below `http` of a monitor. */
const ofHttp: readonly RegExp[] = [/^headers\.[^.]+$/, /^basic\.(user|password)$/, /^bearer$/, /^proxy\.basic\.(user|password)$/];

/** SNS shows the endpoint of a subscription to whoever may list them. */
export function secretPlaceTrouble(path: Path): 'in-a-subscription' | 'not-read-there' | undefined {
  const [section, , kind, ...below] = path;
  if (section === 'channels') return isKindOfSns(kind) ? 'in-a-subscription' : undefined;
  if (section !== 'monitors' || kind !== 'http') return 'not-read-there';
  return ofHttp.some((form) => form.test(below.join('.'))) ? undefined : 'not-read-there';
}
