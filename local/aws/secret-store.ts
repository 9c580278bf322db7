/** Secrets Manager and Parameter Store: what a file on this machine says, read at each call as if it were somewhere else. */
import { readSecretFile } from '../../src/adapters/secrets/secret-file';
import type { AwsCall } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import { type Answer, jsonAnswer } from './http-exchange';

const absent: Readonly<Record<string, string>> = { secretsmanager: 'ResourceNotFoundException', ssm: 'ParameterNotFound' };

export function serveSecret(call: AwsCall, file: string | undefined): Answer {
  const { service, action } = call;
  if (action !== 'GetSecretValue' && action !== 'GetParameter') return refusalAnswer(service, unknownAction(service, action));
  const [name = ''] = call.resources;
  const value = secretIn(service === 'ssm' ? `ssm:${name}` : name, file);
  if (value === undefined) return refusalAnswer(service, { status: 400, code: absent[service] ?? 'NotFound', message: 'there is no such secret' });
  return jsonAnswer(200, service === 'ssm' ? { Parameter: { Name: name, Value: value } } : { Name: name, SecretString: value });
}

function secretIn(name: string, file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readSecretFile(file).get(name);
  } catch (error) {
    console.error(String(error));
    return undefined;
  }
}
