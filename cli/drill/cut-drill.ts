/** Cuts the link of two regions, and sees that nobody is woken by it. */
import type { AnnouncementView } from '../../src/core/views';
import type { DrillOnLine, LocalApi } from './local-api';
import { openedSince } from './opened-since';
import { announcementJson, type Outcome, secondsText } from './outcome';
import { lookUntil, type Pace } from './patience';
import { regionNamed } from './region-named';

export interface CutRequest {
  readonly api: LocalApi;
  readonly ends: readonly [string, string];
  readonly forMs: number;
  /** How long to listen on after the link is whole again. */
  readonly afterMs: number;
  readonly pace: Pace;
  readonly say: (text: string) => void;
}

/** Throws DrillRefused when the drill cannot begin. */
export async function cutDrill(request: CutRequest): Promise<Outcome> {
  const { api, ends, forMs, afterMs, say } = request;
  const local = await api.local();
  const [from, to] = ends;
  for (const end of ends) regionNamed(local, end);
  const drill = await api.beginDrill({ kind: 'cut', from, to, both: true });
  say(`the link of ${from} and ${to} is cut for ${secondsText(forMs)}`);
  const seen = new StatesSeen(ends);
  await listen(request, { drill, forMs, seen });
  const undone = await drill.undo();
  say(`the link is whole again; listening for ${secondsText(afterMs)} more`);
  await listen(request, { drill: undefined, forMs: afterMs, seen });
  return outcome(request, { begunAt: drill.begunAt, undoneAt: undone.at, seen, opened: await openedSince(api, drill.begunAt) });
}

interface Listening {
  readonly drill: DrillOnLine | undefined;
  readonly forMs: number;
  readonly seen: StatesSeen;
}

const never = new Promise<never>(() => undefined);

async function listen({ api, pace, say }: CutRequest, { drill, forMs, seen }: Listening): Promise<void> {
  await lookUntil({
    pace,
    forMs,
    lost: drill?.lost ?? never,
    look: async () => seen.add((await api.status()).watches),
    onWait: (waitedMs) => say(`${secondsText(waitedMs)}: ${seen.latest()}`),
  });
}

/** Each state that one end of the link was seen to say of the other, in order. */
class StatesSeen {
  readonly #states: ReadonlyMap<string, string[]>;

  constructor([one, other]: CutRequest['ends']) {
    this.#states = new Map([
      [`${one} of ${other}`, []],
      [`${other} of ${one}`, []],
    ]);
  }

  add(watches: readonly { readonly observer: string; readonly subject: string; readonly state: string }[]): undefined {
    for (const { observer, subject, state } of watches) {
      const states = this.#states.get(`${observer} of ${subject}`);
      if (states !== undefined && states.at(-1) !== state) states.push(state);
    }
  }

  latest(): string {
    return [...this.#states].map(([pair, states]) => `${pair}: ${states.at(-1) ?? 'nothing'}`).join(', ');
  }

  all(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.#states);
  }
}

interface Course {
  readonly begunAt: string;
  readonly undoneAt: string;
  readonly seen: StatesSeen;
  readonly opened: readonly AnnouncementView[];
}

function outcome({ ends: [from, to], forMs }: CutRequest, { begunAt, undoneAt, seen, opened }: Course): Outcome {
  const states = Object.entries(seen.all()).map(([pair, said]) => `${pair}: ${said.length === 0 ? 'nothing' : said.join(' → ')}`);
  const told = opened.map(({ text, region }) => `told by ${region}: ${text}`);
  const count = opened.length === 1 ? '1 incident was' : `${opened.length} incidents were`;
  const verdict = `${opened.length === 0 ? 'nobody was woken' : `${count} announced`}: the link of ${from} and ${to} was cut for ${secondsText(forMs)}`;
  return {
    exitCode: opened.length === 0 ? 0 : 1,
    lines: [verdict, ...told, ...states.map((line) => `said by ${line}`)],
    json: { drill: 'cut', from, to, forMs, opened: opened.map(announcementJson), states: seen.all(), begunAt, undoneAt },
  };
}
