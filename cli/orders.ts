/** `twinwatch ack`, `silence`, `unsilence`, `maintenance` and `orders`: what operators ask, who asked it and until when. */
import { type Command, Option } from 'commander';
import type { OrderView } from '../src/core/orders/order-view';
import type { Request } from '../src/core/orders/request';
import type { AskAws } from './aws-overview';
import { CannotAsk, usualPort } from './local-http';
import { giveOrder, listOrders } from './orders/give';
import { endText, ordersText, orderText } from './orders/order-text';
import { requestOf, type Written } from './orders/written';

interface OrderOptions extends Written {
  readonly port: string;
  readonly aws?: boolean;
  readonly config: string;
  readonly json?: boolean;
}

const more = `
It asks what runs on this machine, or with --aws what is deployed: the order is written into the table with your own AWS
credentials (dynamodb:PutItem, BatchGetItem and Query), and every region reads it at its next look. It is over by itself.

Exit code: 0 ordered, 2 it cannot be ordered, with what to write instead.`;

const moreOfList = `
What holds comes first, then what is to come, then what is over. What is planned in the configuration is no order: twinwatch
routes MONITOR --at TIME has that, too.

Exit code: 0 listed, 2 nobody answers.`;

/** As people would write it. */
const examples: Readonly<Record<string, readonly string[]>> = {
  ack: ['ack shop --why "I am on it"', 'ack b8484703d354 --for 4h'],
  silence: ['silence shop docs --for 2h --why "noisy deploy"', 'silence --group web --for 30m'],
  unsilence: ['unsilence shop', 'unsilence o-51d15201'],
  maintenance: ['maintenance shop --for 1h', 'maintenance --all --from 2026-11-21T22:00:00Z --for 3h --why "move"'],
};
const examplesOf = (name: string): string => `\nFor example:\n${(examples[name] ?? []).map((words) => `  twinwatch ${words}\n`).join('')}`;

const usualFor: Readonly<Record<'ack' | 'silence' | 'maintenance', string>> = {
  ack: 'how long it is taken, as in 4h (default: 24h, or until it is over)',
  silence: 'how long, as in 2h; it must be said',
  maintenance: 'how long, as in 1h; it must be said',
};

export function registerOrders(program: Command): void {
  giving(program, 'ack', 'an incident is taken: no more reminders of it')
    .argument('<name>', 'an incident, or what it is about')
    .option('--for <time>', usualFor.ack)
    .action((name: string, options: OrderOptions) => run('ack', [name], options));
  for (const kind of ['silence', 'maintenance'] as const) {
    const what =
      kind === 'silence' ? 'nothing new is told of these monitors' : 'planned work: nothing new is told of these monitors, and their time counts as paused';
    const command = giving(program, kind, what)
      .argument('[monitors...]', 'the monitors')
      .option('--group <names...>', 'every monitor of these groups')
      .option('--all', 'every monitor')
      .option('--for <time>', usualFor[kind]);
    if (kind === 'maintenance') command.option('--from <time>', 'when it begins, as in 2026-11-21T22:00:00Z (default: now)');
    command.action((names: readonly string[], options: OrderOptions) => run(kind, names, options));
  }
  giving(program, 'unsilence', 'end a silence, a maintenance or an acknowledgement before its time')
    .argument('<name>', 'the order, or the one monitor or group that it is of')
    .action((name: string, options: OrderOptions) => run('end', [name], options));
  reaching(program.command('orders').description('what was ordered: by whom, of what, and until when')).addHelpText('after', moreOfList).action(list);
}

const giving = (program: Command, name: string, description: string): Command =>
  reaching(program.command(name).description(description))
    .option('--by <name>', 'who asks (default: your name on this machine)')
    .option('--why <text>', 'why, for the others')
    .addHelpText('after', `${examplesOf(name)}${more}`);

const reaching = (command: Command): Command =>
  command
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--aws', 'what is deployed')
    .option('--config <file>', 'the configuration for --aws', 'twinwatch.yaml')
    .option('--json', 'print one JSON object');

async function run(kind: Request['kind'], names: readonly string[], options: OrderOptions): Promise<void> {
  leave(await order(kind, names, { ...options, say: (sentence) => console.error(sentence) }));
}

async function list(options: OrderOptions): Promise<void> {
  leave(await orders({ ...options, say: (sentence) => console.error(sentence) }));
}

function leave({ text, exitCode }: Ordered): void {
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

export interface Ordered {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

type Asked = OrderOptions & Pick<AskAws, 'say' | 'replicaOf'>;

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export const order = (kind: Request['kind'], names: readonly string[], asked: Asked): Promise<Ordered> =>
  answered(asked, async () => giveOrder(requestOf(kind, names, asked), asked), kind === 'end' ? endText : orderText);

export const orders = (asked: Asked): Promise<Ordered> => answered(asked, () => listOrders(asked), ordersText);

async function answered({ json }: Asked, work: () => Promise<readonly OrderView[]>, textOf: (views: readonly OrderView[]) => string): Promise<Ordered> {
  try {
    const views = await work();
    return { text: json === true ? `${JSON.stringify(views)}\n` : textOf(views), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}
