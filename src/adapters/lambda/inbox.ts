/** The environment of an inbox: it reads its configuration once, and turns what a Function URL brings into pings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { keptBodyBytes } from '../../core/heartbeat/ping';
import { configFileName } from '../../core/names';
import { type InboxWorld, type IncomingPing, takePing } from '../../engine/inbox';
import { homeLimitMs, remoteLimitMs } from '../../engine/world';
import { systemClock } from '../clock';
import { createDiary } from '../diary';
import { createReplica } from '../dynamodb/replica';
import type { LambdaContext } from './environment';
import { required } from './required';

/** The parts of a Function URL's request, in its payload format 2.0, that are used. */
export interface UrlRequest {
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads the configuration beside the bundle; throws when the environment is not one that Lambda sets up. */
export function createInbox(): (request: UrlRequest, context: LambdaContext) => Promise<UrlAnswer> {
  const config = configFromJson(readFileSync(join(required('LAMBDA_TASK_ROOT'), configFileName), 'utf8'));
  const region = regionId(required('AWS_REGION'));
  return async (request, { awsRequestId }) => {
    const world: InboxWorld = {
      region,
      config,
      clock: systemClock,
      replica: (of) => createReplica({ region: of, timeoutMs: of === region ? homeLimitMs : remoteLimitMs, isConsistent: () => of === region }),
      diary: createDiary({ clock: systemClock, invocation: awsRequestId }),
    };
    const { status, text } = await takePing(world, incomingOf(request, awsRequestId));
    return { statusCode: status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body: text };
  };
}

function incomingOf({ rawPath = '/', rawQueryString = '', requestContext, body = '', isBase64Encoded }: UrlRequest, name: string): IncomingPing {
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8').subarray(0, keptBodyBytes);
  const rid = new URLSearchParams(rawQueryString).get('rid') ?? undefined;
  return { method: requestContext?.http?.method ?? 'GET', path: rawPath, rid, body: bytes.toString('utf8').replace(/\ufffd$/, ''), name };
}
