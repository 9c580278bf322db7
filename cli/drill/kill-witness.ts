/** A witness has no prober that could fall silent: its loss must wake nobody, and everything else must go on. */

import type { KillLimits, KillRequest } from './kill-request';
import { openedSince } from './opened-since';
import { announcementJson, type Outcome, secondsText } from './outcome';
import { lookUntil } from './patience';
import { watchWords } from './watch-words';

export async function killWitness({ api, region, pace, say, limits }: KillRequest & { readonly limits: KillLimits }): Promise<Outcome> {
  const drill = await api.beginDrill({ kind: 'kill', region });
  say(
    `${region} is killed. It is a witness: nobody is told of it in this version, and nobody may be woken; it comes back after ${secondsText(limits.witnessMs)}`,
  );
  await lookUntil({
    pace,
    forMs: limits.witnessMs,
    lost: drill.lost,
    look: async () => undefined,
    onWait: async (waitedMs) => say(`${secondsText(waitedMs)}: ${watchWords(await api.status(), region)}`),
  });
  const opened = await openedSince(api, drill.begunAt);
  const undone = await drill.undo();
  const isBack = undone.event === 'undone';
  const woken = opened.length === 0 ? 'nobody was woken' : `${opened.length} announcements were opened: ${opened.map(({ text }) => text).join('; ')}`;
  return {
    exitCode: opened.length === 0 && isBack ? 0 : 1,
    lines: [
      `${region} is a witness and has no prober to page about; while it was dark, ${woken}`,
      isBack ? `${region} runs again` : `${region} is still dark: ${undone.problem}`,
    ],
    json: {
      drill: 'kill',
      region,
      role: 'witness',
      told: false,
      by: null,
      afterMs: null,
      boundMs: null,
      begunAt: drill.begunAt,
      undoneAt: isBack ? undone.at : null,
      opened: opened.map(announcementJson),
    },
  };
}
