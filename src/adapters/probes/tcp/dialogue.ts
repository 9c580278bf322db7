/** The steps of a dialogue, one after the other. */
import type { Socket } from 'node:net';
import type { Newline, TcpStep, TlsWish } from '../../../core/config/kinds/tcp/probe';
import { secure } from '../connection';
import { type Hearing, hear } from '../conversation/hearing';
import { type Captures, filled, findAnywhere, findLine } from '../conversation/patterns';
import type { Progress } from '../conversation/progress';
import { say } from '../conversation/say';
import { type Failure, isFailure } from '../failure';
import { contextOf, judgedOf } from '../own-context';
import { patternShown, withoutEchoes } from '../printable';
import type { Reached } from '../reach';
import type { Trying } from '../trying';
import { unheardRefusal } from './unheard-refusal';

export interface Speaking extends Reached {
  readonly trying: Trying;
  /** The name that a certificate must be for, unless a step says another. */
  readonly host: string;
  readonly newline: Newline;
  readonly progress: Progress;
}

interface Talk {
  socket: Socket;
  hearing: Hearing;
  /** The steps after the present one. */
  next: readonly TcpStep[];
  readonly captures: Captures;
  readonly sent: Buffer[];
  readonly speaking: Speaking;
}

/** `undefined` when everything was said and heard. */
export async function holdDialogue(steps: readonly TcpStep[], speaking: Speaking): Promise<Failure | undefined> {
  const { course } = speaking.trying;
  course.enter('first-byte');
  const talk: Talk = { socket: speaking.socket, hearing: hear(speaking.socket, course), next: [], captures: new Map(), sent: [], speaking };
  for (const [index, step] of steps.entries()) {
    const place = `step ${index + 1} of ${steps.length}`;
    Object.assign(speaking.progress, { place, missed: undefined });
    talk.next = steps.slice(index + 1);
    const failure = await take(step, place, talk);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function take(step: TcpStep, place: string, talk: Talk): Promise<Failure | undefined> {
  switch (step.kind) {
    case 'send':
      return send(Buffer.from(`${filled(step.text, talk.captures)}${endings[talk.speaking.newline]}`), talk);
    case 'send-hex':
      return send(bytesOf(step.hex), talk);
    case 'expect':
      return expectPattern(step, place, talk);
    case 'expect-hex':
      return expectBytes(bytesOf(step.hex), place, talk);
    case 'starttls':
      return startTls(step.tls, talk);
  }
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/\s+/g, ''), 'hex');

const endings: Readonly<Record<Newline, string>> = { crlf: '\r\n', lf: '\n', none: '' };

async function send(bytes: Buffer, talk: Talk): Promise<undefined> {
  talk.sent.push(bytes);
  await say(talk.socket, bytes);
  return undefined;
}

async function expectPattern({ pattern, shown }: { pattern: string; shown: string }, place: string, talk: Talk): Promise<Failure | undefined> {
  const { newline, progress, trying } = talk.speaking;
  const wanted = `${place} wanted ${patternShown(shown)}`;
  const shownOf = (said: string): string => withoutEchoes(said, talk.sent.map(String));
  const onMissed = (said: string): void => {
    progress.missed = () => `the server said ${JSON.stringify(shownOf(said))}; ${wanted}`;
  };
  const find = newline === 'none' ? findAnywhere : findLine;
  const found = await find(pattern, talk.hearing, { captures: talk.captures, onMissed });
  if (isFailure(found)) return { ...found, detail: `${found.detail} (${place})` };
  const isGood = 'said' in found;
  const said = shownOf(isGood ? found.said : found.last);
  if (trying.means.tell) trying.means.tell({ what: place, seen: said, wanted: patternShown(shown), isGood });
  return isGood ? undefined : closedDialogue(said === '' ? 'and said nothing' : `after ${JSON.stringify(said)}`, wanted);
}

async function expectBytes(wanted: Buffer, place: string, talk: Talk): Promise<Failure | undefined> {
  for (;;) {
    const unread = talk.hearing.unread();
    const common = Math.min(unread.length, wanted.length);
    if (!unread.subarray(0, common).equals(wanted.subarray(0, common))) {
      return { reason: 'dialogue', detail: `the server said ${hexShown(unread, talk.sent)}: other bytes than ${place} wanted` };
    }
    if (common === wanted.length) {
      talk.hearing.use(common);
      talk.speaking.trying.means.tell?.({ what: place, seen: hexShown(wanted, talk.sent), isGood: true });
      return undefined;
    }
    const more = await talk.hearing.more();
    if (more === 'end')
      return closedDialogue(unread.length === 0 ? 'and said nothing' : `after ${hexShown(unread, talk.sent)}`, `${place} wanted ${wanted.length} bytes`);
    if (more !== 'more') return { ...more, detail: `${more.detail} (${place})` };
  }
}

const closedDialogue = (last: string, wanted: string): Failure => ({ reason: 'dialogue', detail: `the server closed the connection ${last}; ${wanted}` });

/** What we sent may be a password: an echo of it is not shown. */
function hexShown(said: Buffer, sent: readonly Buffer[]): string {
  const shown = said.subarray(0, 24);
  const isEcho = shown.some((_, index) => index + 4 <= shown.length && sent.some((bytes) => bytes.includes(shown.subarray(index, index + 4))));
  return isEcho ? 'what we had sent' : (shown.toString('hex').match(/../g) ?? []).join(' ');
}

/** Whatever came in plain before TLS could have been slipped in by anybody. */
async function startTls(wish: TlsWish, talk: Talk): Promise<Failure | undefined> {
  const { at, host, trying } = talk.speaking;
  if (talk.hearing.unread().length > 0) return { reason: 'protocol', detail: 'the server went on in plain text where TLS was to begin' };
  talk.hearing.release();
  const { course, means } = trying;
  const securing = { course, at, secureContext: contextOf(wish, means), certificate: judgedOf(wish), protocols: [] };
  const secured = await secure(talk.socket, wish.name ?? host, securing);
  if (isFailure(secured)) return secured;
  const refusal = await unheardRefusal(secured, wish, { next: talk.next, trying });
  if (refusal !== undefined) return refusal;
  course.enter('first-byte');
  talk.socket = secured;
  talk.hearing = hear(secured, trying.course);
  return undefined;
}
