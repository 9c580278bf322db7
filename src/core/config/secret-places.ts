/** Where a configuration may hold a secret: only where the function that uses the value can read it by itself. */
import type { Path } from './mistakes';

/** Below `http` of a monitor. */
const ofHttp: readonly RegExp[] = [/^headers\.[^.]+$/, /^basic\.(user|password)$/, /^bearer$/, /^proxy\.basic\.(user|password)$/];

/** Channels that SNS itself serves: it shows the endpoint of a subscription to whoever may list them. */
const ofSns: readonly unknown[] = ['email', 'webhook', 'sms', 'sqs'];

export function secretPlaceTrouble(path: Path): 'in-a-subscription' | 'not-read-there' | undefined {
  const [section, , kind, ...below] = path;
  if (section === 'channels') return ofSns.includes(kind) ? 'in-a-subscription' : undefined;
  if (section !== 'monitors' || kind !== 'http') return 'not-read-there';
  return ofHttp.some((form) => form.test(below.join('.'))) ? undefined : 'not-read-there';
}
