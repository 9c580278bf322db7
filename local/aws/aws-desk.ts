/** Takes the calls of AWS clients: those meant for this region are served here, the others go over the link. */
import { type AwsCall, type Caller, callerOf, readCall } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import type { CallRecord } from './call-record';
import { type Answer, type Exchange, headerOf, type Reply } from './http-exchange';
import type { Link } from './link';

export interface DeskParts {
  readonly region: string;
  readonly links: ReadonlyMap<string, Link>;
  readonly record: CallRecord;
  /** By the name in the credential scope. */
  readonly services: Readonly<Record<string, (call: AwsCall, exchange: Exchange) => Answer | Promise<Answer>>>;
}

/** Says where a forwarded call came from, so that it is served and never forwarded again. */
const viaHeader = 'x-twinwatch-via';

export class AwsDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async serve(exchange: Exchange): Promise<Reply> {
    const caller = callerOf(exchange);
    if (caller === undefined) {
      return refusalAnswer('lambda', { status: 403, code: 'MissingAuthenticationTokenException', message: 'the call is not signed' });
    }
    const call = readCallOrNothing(caller, exchange);
    if (call === undefined) return refusalAnswer(caller.service, { status: 400, code: 'SerializationException', message: 'the body is not JSON' });
    if (headerOf(exchange, viaHeader) !== undefined) return this.#serveHere(call, exchange);
    this.#parts.record.add(caller, call);
    return caller.region === this.#parts.region ? this.#serveHere(call, exchange) : this.#forward(caller, exchange);
  }

  async #serveHere(call: AwsCall, exchange: Exchange): Promise<Answer> {
    const serve = this.#parts.services[call.service];
    return serve === undefined ? refusalAnswer(call.service, unknownAction(call.service, call.action)) : serve(call, exchange);
  }

  /** A region that does not answer is seen as AWS shows it: as a connection that fails. */
  async #forward({ region, service }: Caller, exchange: Exchange): Promise<Reply> {
    const link = this.#parts.links.get(region);
    if (link === undefined) return refusalAnswer(service, { status: 400, code: 'InvalidRegion', message: `there is no edge for the region ${region}` });
    const { method, target, body } = exchange;
    try {
      return await link.send({ method, target, body, headers: this.#forwardedHeaders(exchange) }, exchange.gone);
    } catch {
      return 'hang-up';
    }
  }

  #forwardedHeaders(exchange: Exchange): Record<string, string> {
    const passed = ['authorization', 'content-type', 'x-amz-target', 'x-amz-date', 'x-amz-invocation-type', 'x-amzn-query-mode'];
    const headers = passed.map((name) => [name, headerOf(exchange, name)] as const).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(headers), [viaHeader]: this.#parts.region } as Record<string, string>;
  }
}

function readCallOrNothing({ service }: Caller, exchange: Exchange): AwsCall | undefined {
  try {
    return readCall(service, exchange);
  } catch {
    return undefined;
  }
}
