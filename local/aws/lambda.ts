/** Lambda: the functions of a region, the Runtime API that their environments ask for work, and `Invoke`. */
import { functionName } from '../../src/core/names';
import { AfflictedLambda } from './afflicted-lambda';
import type { AwsCall } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import type { Children } from './children';
import type { EdgeSpec, FunctionSpec, Tell } from './edge-messages';
import { Environment } from './environment';
import { environmentChild } from './environment-child';
import type { Faults } from './faults';
import { type Answer, type Exchange, headerOf, jsonAnswer } from './http-exchange';
import { failedAs } from './invocation';
import { type EnvironmentView, LambdaFunction } from './lambda-function';

const spareIdleMs = 10_000;

export interface LambdaParts {
  readonly spec: EdgeSpec;
  readonly children: Children;
  readonly tell: Tell;
  /** Known once the edge listens, which is before anything is invoked. */
  readonly port: () => number;
}

export class Lambda {
  readonly #parts: LambdaParts;
  readonly #functions: ReadonlyMap<string, LambdaFunction>;
  readonly #environments = new Map<string, { readonly environment: Environment; readonly name: string }>();
  readonly #afflicted: AfflictedLambda;

  constructor(parts: LambdaParts) {
    this.#parts = parts;
    this.#afflicted = new AfflictedLambda(parts.spec);
    this.#functions = new Map(parts.spec.functions.map((spec) => [spec.name, this.#define(spec)]));
  }

  function(name: string): LambdaFunction | undefined {
    return this.#functions.get(name);
  }

  async serve(call: AwsCall, exchange: Exchange): Promise<Answer> {
    if (call.action !== 'Invoke') return refusalAnswer('lambda', unknownAction('lambda', call.action));
    const name = String(call.input.FunctionName);
    const invoked = this.#functions.get(name);
    if (invoked === undefined) {
      const message = `Function not found: arn:aws:lambda:${this.#parts.spec.region}:${this.#parts.spec.account}:function:${name}`;
      return refusalAnswer('lambda', { status: 404, code: 'ResourceNotFoundException', message });
    }
    const kind = headerOf(exchange, 'x-amz-invocation-type') ?? 'RequestResponse';
    if (kind === 'DryRun') return { status: 204, headers: {}, body: '' };
    if (kind !== 'Event') return invokeAndWait(invoked, exchange.body);
    void invoked.invoke(exchange.body);
    return { status: 202, headers: {}, body: '' };
  }

  /** `/_lambda/<environment>/2018-06-01/runtime/…` */
  async serveRuntime(exchange: Exchange): Promise<Answer> {
    const [, , id = '', , , ...step] = exchange.target.split('/');
    const environment = this.#environments.get(id)?.environment;
    if (environment === undefined) return jsonAnswer(403, { errorMessage: 'no such environment', errorType: 'Forbidden' });
    const [subject, requestId = '', verb] = step;
    if (subject === 'init') environment.failToLoad(exchange.body);
    else if (requestId === 'next') return environment.next();
    else if (verb === 'response') environment.settle(requestId, { kind: 'returned', payload: exchange.body });
    else if (verb === 'error') environment.settle(requestId, failedAs(exchange.body));
    return jsonAnswer(202, { status: 'OK' });
  }

  views(): readonly EnvironmentView[] {
    return [...this.#functions.values()].flatMap((known) => known.views());
  }

  /** Where other code must take over, it is given its turn at once: nobody waits a minute for the next one. */
  afflict(faults: Faults): void {
    const prober = functionName('prober');
    const spec = this.#parts.spec.functions.find(({ name }) => name === prober);
    const environments = [...this.#environments.values()].map(({ environment, name }) => [environment, name] as const);
    if (this.#afflicted.change(faults, spec, environments)) void this.#functions.get(prober)?.invoke(JSON.stringify({ kind: 'schedule' }));
  }

  stop(): void {
    for (const known of this.#functions.values()) known.stop();
  }

  #define(spec: FunctionSpec): LambdaFunction {
    const { tell } = this.#parts;
    return new LambdaFunction({
      name: spec.name,
      now: Date.now,
      spareIdleMs,
      onFailure: (error) => {
        this.#parts.children.log(spec.name).write(error);
        tell({ kind: 'invocation', function: spec.name, error });
      },
      open: (owner) => this.#open(spec, owner),
    });
  }

  #open(spec: FunctionSpec, owner: Pick<LambdaFunction, 'onIdle' | 'onEnd'>): Environment {
    const edge = this.#parts.spec;
    const environment = new Environment({
      children: this.#parts.children,
      child: (environmentId) => environmentChild({ edge, function: this.#afflicted.specFor(spec), environmentId, port: this.#parts.port() }),
      functionArn: `arn:aws:lambda:${edge.region}:${edge.account}:function:${spec.name}`,
      timeoutMs: spec.timeoutMs,
      onIdle: (idle) => {
        this.#afflicted.greet(idle);
        owner.onIdle(idle);
      },
      onEnd: (ended, unstarted) => {
        this.#environments.delete(ended.id);
        owner.onEnd(ended, unstarted);
      },
    });
    this.#environments.set(environment.id, { environment, name: spec.name });
    this.#afflicted.befall(environment, spec.name);
    return environment;
  }
}

async function invokeAndWait(invoked: LambdaFunction, payload: Buffer): Promise<Answer> {
  if (invoked.isThrottled) return refusalAnswer('lambda', { status: 429, code: 'TooManyRequestsException', message: 'Rate Exceeded.' });
  const outcome = await invoked.invoke(payload);
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (outcome.kind === 'failed') return { status: 200, headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body: outcome.payload };
  return { status: 200, headers, body: outcome.payload };
}
