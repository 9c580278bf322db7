/** Gives an order to what runs here, or to what is deployed. */
import type { OrderView } from '../../src/core/orders/order-view';
import type { Request } from '../../src/core/orders/request';
import { type AskAws, openAws } from '../aws-overview';
import { ask, CannotAsk, getJson, jsonOf, readPort } from '../local-http';

export interface Reaching extends Pick<AskAws, 'say' | 'replicaOf'> {
  readonly port: string;
  readonly aws?: boolean;
  readonly config: string;
}

/** Throws CannotAsk where it cannot be taken. */
export async function giveOrder(request: Request, reaching: Reaching): Promise<readonly OrderView[]> {
  if (reaching.aws !== true) return giveHere(request, readPort(reaching.port));
  const { overview } = await openAws({ ...reaching, file: reaching.config });
  const ordered = await overview.order(request).catch((error: Error) => {
    throw new CannotAsk(`${error.message}; your AWS credentials need dynamodb:PutItem on the table`);
  });
  if (ordered.kind === 'refused') throw new CannotAsk(ordered.sentence);
  return ordered.orders;
}

async function giveHere({ from, ...request }: Request, port: number): Promise<readonly OrderView[]> {
  const body = { ...request, ...(from === undefined ? {} : { from: new Date(from).toISOString() }) };
  return (await jsonOf(port, await ask(port, { method: 'POST', path: '/api/orders', timeout: 15_000 }, body))) as readonly OrderView[];
}

export async function listOrders(reaching: Reaching): Promise<readonly OrderView[]> {
  if (reaching.aws !== true) return getJson<readonly OrderView[]>(readPort(reaching.port), '/api/orders');
  const { overview } = await openAws({ ...reaching, file: reaching.config });
  await overview.refresh();
  return overview.orders();
}
