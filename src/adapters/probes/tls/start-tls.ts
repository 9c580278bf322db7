/** How TLS is asked for in protocols that begin in plain text. */
import type { Socket } from 'node:net';
import type { StartTls } from '../../../core/config/kinds/tls/probe';
import { type Hearing, hear } from '../conversation/hearing';
import { nextLine } from '../conversation/lines';
import { say } from '../conversation/say';
import type { Course } from '../course';
import type { Failure } from '../failure';
import { printable } from '../printable';

export const usualPorts: Readonly<Record<StartTls, number>> = { smtp: 25, imap: 143, pop3: 110, postgres: 5432 };

interface Asking {
  readonly socket: Socket;
  readonly hearing: Hearing;
}

/** Resolves when the server is ready for the handshake. */
export async function askForTls(protocol: StartTls, socket: Socket, course: Course): Promise<Failure | undefined> {
  course.enter('first-byte');
  const asking: Asking = { socket, hearing: hear(socket, course) };
  const failure = await asks[protocol](asking);
  if (failure !== undefined) return failure;
  // Whatever came in plain before TLS could have been slipped in by anybody.
  if (asking.hearing.unread().length > 0) return { reason: 'protocol', detail: 'the server went on in plain text where TLS was to begin' };
  asking.hearing.release();
  return undefined;
}

const asks: Readonly<Record<StartTls, (asking: Asking) => Promise<Failure | undefined>>> = {
  async smtp(asking) {
    return (await hearGreeting('SMTP', /^220[ -]/, /^220-/, asking)) ?? (await askSmtp(asking));
  },
  async imap(asking) {
    return (await hearGreeting('IMAP', /^\* (OK|PREAUTH)\b/i, undefined, asking)) ?? ask('t1 STARTTLS', /^t1 /i, /^t1 OK\b/i, asking);
  },
  async pop3(asking) {
    return (await hearGreeting('POP3', /^\+OK\b/i, undefined, asking)) ?? ask('STLS', /^[+-]/, /^\+OK\b/i, asking);
  },
  postgres: askPostgres,
};

/** The name is one that no mail server looks up for more than its log. */
async function askSmtp(asking: Asking): Promise<Failure | undefined> {
  await say(asking.socket, 'EHLO twinwatch.invalid\r\n');
  const said: string[] = [];
  do {
    const next = await lineOf(asking);
    if (typeof next !== 'string') return next;
    said.push(next);
  } while (/^250-/.test(said.at(-1) ?? ''));
  if (!said.some((line) => /^250[ -]STARTTLS\b/i.test(line)))
    return refused(said.find((line) => !line.startsWith('250')) ?? 'other abilities, but not STARTTLS');
  return ask('STARTTLS', /^\d/, /^220\b/, asking);
}

/** One byte answers: `S` is yes, `N` is no, and very old servers send an error. */
async function askPostgres({ socket, hearing }: Asking): Promise<Failure | undefined> {
  await say(socket, Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47));
  const more = await hearing.more();
  if (more !== 'more' && more !== 'end') return more;
  const answer = hearing.unread().toString('latin1', 0, 1);
  if (answer === 'N' || answer === 'E') return refused(answer);
  if (more === 'end') return closed();
  if (answer !== 'S')
    return { reason: 'protocol', detail: `the server does not speak PostgreSQL: it said ${JSON.stringify(printable(hearing.unread().toString('latin1')))}` };
  hearing.use(1);
  return undefined;
}

/** `goesOn` where the greeting may have further lines. */
async function hearGreeting(protocol: string, isGreeting: RegExp, goesOn: RegExp | undefined, asking: Asking): Promise<Failure | undefined> {
  for (;;) {
    const line = await lineOf(asking);
    if (typeof line !== 'string') return line;
    if (!isGreeting.test(line)) return { reason: 'protocol', detail: `the server does not greet in ${protocol}: it said ${JSON.stringify(printable(line))}` };
    if (!goesOn?.test(line)) return undefined;
  }
}

/** Lines that are no answer are passed over: servers may say things of their own. */
async function ask(question: string, isAnswer: RegExp, isYes: RegExp, asking: Asking): Promise<Failure | undefined> {
  await say(asking.socket, `${question}\r\n`);
  for (;;) {
    const line = await lineOf(asking);
    if (typeof line !== 'string') return line;
    if (isAnswer.test(line)) return isYes.test(line) ? undefined : refused(line);
  }
}

async function lineOf({ hearing }: Asking): Promise<string | Failure> {
  const next = await nextLine(hearing);
  if (next === 'end') return closed();
  return 'line' in next ? next.line : next;
}

const closed = (): Failure => ({ reason: 'closed-early', detail: 'the server closed the connection before TLS could begin' });

const refused = (said: string): Failure => ({ reason: 'starttls', detail: `the server does not begin TLS: it said ${JSON.stringify(printable(said))}` });
