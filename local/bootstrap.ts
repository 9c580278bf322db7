/** What AWS runs around a function's code: it asks the Runtime API for work, calls the handler, and hands back what came of it. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { followClock, trueNow } from './wrong-clock';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

interface Context {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

const agent = new Agent({ keepAlive: true });

await run();

/** Without its Runtime API an environment has no purpose, and nobody who would end it. */
async function run(): Promise<void> {
  try {
    followClock(process.argv[3] ?? '');
    const handler = await loadHandler();
    for (;;) await serveNext(handler);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

async function loadHandler(): Promise<Handler> {
  try {
    const [file, name = ''] = variable('_HANDLER').split('.');
    const module = (await import(pathToFileURL(join(variable('LAMBDA_TASK_ROOT'), `${file}.mjs`)).href)) as Record<string, unknown>;
    const handler = module[name];
    if (typeof handler !== 'function') throw new TypeError(`${file}.${name} is not a function`);
    return handler as Handler;
  } catch (error) {
    await ask('POST', 'init/error', errorText(error));
    throw error;
  }
}

async function serveNext(handler: Handler): Promise<void> {
  const { headers, body } = await ask('GET', 'invocation/next');
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  try {
    const result = await handler(body === '' ? {} : JSON.parse(body), contextOf(headers));
    await ask('POST', `invocation/${requestId}/response`, JSON.stringify(result ?? null));
  } catch (error) {
    console.error(error);
    await ask('POST', `invocation/${requestId}/error`, errorText(error));
  }
}

function contextOf(headers: IncomingMessage['headers']): Context {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: String(headers['lambda-runtime-aws-request-id']),
    functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
    invokedFunctionArn: String(headers['lambda-runtime-invoked-function-arn']),
    memoryLimitInMB: variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - trueNow()),
  };
}

function ask(method: string, step: string, body = ''): Promise<{ readonly headers: IncomingMessage['headers']; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const url = `http://${variable('AWS_LAMBDA_RUNTIME_API')}/2018-06-01/runtime/${step}`;
    const asking = request(url, { method, agent, headers: { 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve({ headers: response.headers, body: text });
        else reject(new Error(`the Runtime API answered ${response.statusCode} to ${step}: ${text}`));
      });
      response.once('error', reject);
    });
    asking.once('error', reject);
    asking.end(body);
  });
}

function errorText(error: unknown): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this runs inside an environment that an edge starts`);
  return value;
}
