/** Which answers of AWS mean that the caller may not: its credentials, its rights, or how often it calls. */

/** The services spell one thing in many ways, some with `Exception` at the end and some without. */
const refusals: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AuthorizationError',
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignature',
  'MissingAuthenticationToken',
  'ProvisionedThroughputExceeded',
  'RequestExpired',
  'RequestLimitExceeded',
  'SignatureDoesNotMatch',
  'Throttled',
  'Throttling',
  'TooManyRequests',
  'UnrecognizedClient',
]);
const refusingStatuses: readonly unknown[] = [401, 403, 429];

/** False for errors that are no answer of AWS, such as a connection that broke. */
export function isRefusal(error: Error): boolean {
  return refusals.has(error.name.replace(/Exception$/, '')) || refusingStatuses.includes(statusOf(error));
}

function statusOf(error: Error): unknown {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
}
