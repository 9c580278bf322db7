/** What a failed call to AWS means for the one who deployed, and what to do about it. */
import type { RegionId } from '../../src/core/basics/brand';

/** The names under which services say that the credentials are no good there: wrong ones, or a region that is not enabled. */
const unknownCredentials = ['UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure', 'InvalidSignatureException', 'SignatureDoesNotMatch'];
const expired = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'];
const denied = ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'UnauthorizedOperation'];
const absent = ['ResourceNotFoundException', 'NotFound', 'NotFoundException'];
const unreachable = ['TimeoutError', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'UnknownEndpoint'];

/** A sentence without a full stop: `what` is who was asked, such as `the prober of eu-west-1`. */
export function causeOf(error: unknown, what: string, region: RegionId): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'CredentialsProviderError' || message.includes('(CredentialsProviderError)')) {
    return 'there are no AWS credentials here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws login`';
  }
  if (absent.includes(name))
    return `${what} is not there: nothing is deployed in ${region} with these credentials; run \`npm run deploy\`, or choose the account that has it`;
  if (unknownCredentials.includes(name)) {
    return `${what} does not know these credentials: they are of no account, or ${region} is not enabled for it; enable it with \`aws account enable-region --region-name ${region}\`, or choose another region`;
  }
  if (expired.includes(name)) return `these credentials have expired (${name}): get new ones, and ask again`;
  if (denied.includes(name)) return `${what} refuses: ${message}; your credentials need this right`;
  if (unreachable.includes(name)) return `${what} does not answer: ${message}; is ${region} dark, or this machine offline?`;
  return message;
}
