/** A Function URL on this machine: an HTTP request becomes an event for the inbox, and what the inbox returns the answer. */
import { type Answer, type Exchange, jsonAnswer } from './http-exchange';
import type { LambdaFunction } from './lambda-function';

export const pingPath = '/ping/';

export async function servePing(inbox: LambdaFunction | undefined, exchange: Exchange): Promise<Answer> {
  if (inbox === undefined) return jsonAnswer(404, { message: 'no monitor of this region calls us' });
  if (inbox.isThrottled) return jsonAnswer(429, { message: 'Rate Exceeded.' });
  const outcome = await inbox.invoke(JSON.stringify(eventOf(exchange)));
  return outcome.kind === 'returned' ? answerOf(outcome.payload) : jsonAnswer(502, { message: 'Internal Server Error' });
}

/** In payload format 2.0; what is no text travels as base64. */
function eventOf({ method, target, body }: Exchange): object {
  const [rawPath = '/', rawQueryString = ''] = target.split('?', 2);
  const request = { version: '2.0', rawPath, rawQueryString, requestContext: { http: { method, path: rawPath } } };
  return body.length === 0 ? { ...request, isBase64Encoded: false } : { ...request, body: body.toString('base64'), isBase64Encoded: true };
}

interface Returned {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function answerOf(payload: Buffer): Answer {
  const { statusCode = 200, headers = {}, body = '' } = JSON.parse(payload.toString()) as Returned;
  return { status: statusCode, headers, body };
}
