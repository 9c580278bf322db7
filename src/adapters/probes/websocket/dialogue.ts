/** The steps of a dialogue in messages, one after the other. */
import type { WebsocketStep } from '../../../core/config/kinds/websocket/probe';
import { type Captures, filled } from '../conversation/patterns';
import type { Progress } from '../conversation/progress';
import type { Failure } from '../failure';
import type { Means } from '../means';
import { patternShown, withoutEchoes } from '../printable';
import { type Check, checkOf } from './message-rules';
import type { Opened } from './upgrade';

interface Talk extends Opened {
  readonly captures: Captures;
  readonly sent: string[];
  readonly progress: Progress;
  readonly means: Means;
}

type Expected = Exclude<WebsocketStep, { readonly kind: 'send' }>;

/** Resolves with `undefined` when everything was said and heard. */
export type Dialogue = (opened: Opened, talk: Pick<Talk, 'progress' | 'means'>) => Promise<Failure | undefined>;

/** Loads what the steps need before the time of the target begins. */
export async function dialogueOf(steps: readonly WebsocketStep[]): Promise<Dialogue> {
  const takes = await Promise.all(steps.map(takeOf));
  return async (opened, { progress, means }) => {
    const talk: Talk = { ...opened, captures: new Map(), sent: [], progress, means };
    for (const [index, take] of takes.entries()) {
      progress.place = `step ${index + 1} of ${takes.length}`;
      progress.missed = undefined;
      const failure = await take(talk);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
}

async function takeOf(step: WebsocketStep): Promise<(talk: Talk) => Promise<Failure | undefined>> {
  if (step.kind === 'send') return (talk) => send(step.text, talk);
  const isWanted = await checkOf(step);
  return (talk) => expectMessage(step, isWanted, talk);
}

/** What goes wrong is heard by whoever listens next. */
function send(text: string, { webSocket, captures, sent }: Talk): Promise<undefined> {
  const message = filled(text, captures);
  sent.push(message);
  return new Promise((resolve) => {
    webSocket.send(message, () => resolve(undefined));
  });
}

async function expectMessage(step: Expected, isWanted: Check, talk: Talk): Promise<Failure | undefined> {
  const { messages, captures, progress, means } = talk;
  const shown = step.kind === 'expect' ? patternShown(step.shown) : step.shown.slice(0, 120);
  const wanted = `${progress.place} wanted ${shown}`;
  let last: string | undefined;
  for (;;) {
    const next = await messages.next();
    if ('reason' in next) return { ...next, detail: `${next.detail} (${progress.place})` };
    const isEnd = 'closed' in next;
    if (!isEnd && !isWanted(next.text, captures)) {
      last = next.text;
      progress.missed = () => `the server said ${quoted(next.text, talk)}; ${wanted}`;
      continue;
    }
    means.tell?.({ what: progress.place, seen: isEnd ? `closed ${next.closed}` : withoutEchoes(next.text, talk.sent), wanted: shown, isGood: !isEnd });
    if (!isEnd) return undefined;
    const after = last === undefined ? 'and said nothing' : `after ${quoted(last, talk)}`;
    return { reason: 'dialogue', detail: `the server closed the WebSocket ${withoutEchoes(next.closed, talk.sent)} ${after}; ${wanted}` };
  }
}

const quoted = (said: string, { sent }: Talk): string => JSON.stringify(withoutEchoes(said, sent));
