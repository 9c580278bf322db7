/** A plain http address that a proxy asks for us, as proxies are usually asked: with the whole address in the first line. */
import type { Socket } from 'node:net';
import type { HttpProxy } from '../../../core/config/kinds/http/probe';
import { type Failure, isFailure } from '../failure';
import type { Trying } from '../trying';
import type { Question, Response } from './exchange';
import { basicAuthorization } from './questions';
import { asProxy, openGate } from './tunnel';

export type Ask = (question: Question, socket: Socket) => Promise<Response | Failure>;

/** What the proxy cannot do it may answer as the target would: only that it does not let us through is surely its own. */
export async function forward(question: Question, { proxy, trying, ask }: { proxy: HttpProxy; trying: Trying; ask: Ask }): Promise<Response | Failure> {
  const { url, headers } = question;
  const gate = await openGate(url.hostname.replace(/^\[|\]$/g, ''), proxy, trying);
  if (isFailure(gate)) return gate;
  const pass: Readonly<Record<string, string>> = proxy.basic === undefined ? {} : { 'proxy-authorization': basicAuthorization(proxy.basic) };
  const response = await ask({ ...question, target: url.origin + url.pathname + url.search, headers: { ...headers, ...pass } }, gate.socket);
  if (isFailure(response)) return asProxy(response);
  return response.status === 407 ? { reason: 'proxy', detail: `the proxy ${gate.at} refused ${url.host} with status 407` } : response;
}
