/** Errors in the shape in which each AWS service sends its own. */
import { randomUUID } from 'node:crypto';
import type { Answer } from './http-exchange';

export interface Refusal {
  readonly status: number;
  /** Such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly message: string;
}

export const unknownAction = (service: string, action: string): Refusal => ({
  status: 400,
  code: service === 'sns' ? 'InvalidAction' : 'UnknownOperationException',
  message: `the small AWS of twinwatch has no ${action} (${service})`,
});

/** `service` is the name in the credential scope: `dynamodb`, `monitoring`, `sns`, `lambda`. */
export function refusalAnswer(service: string, refusal: Refusal): Answer {
  if (service === 'sns') return xmlRefusal(refusal);
  const type = { 'content-type': service === 'lambda' ? 'application/json' : 'application/x-amz-json-1.0' };
  return {
    status: refusal.status,
    headers: { ...type, 'x-amzn-errortype': refusal.code, 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify({ __type: refusal.code, message: refusal.message }),
  };
}

function xmlRefusal(refusal: Refusal): Answer {
  const error = `<Type>Sender</Type><Code>${refusal.code}</Code><Message>${xmlText(refusal.message)}</Message>`;
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error>${error}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status: refusal.status, headers: { 'content-type': 'text/xml' }, body };
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
