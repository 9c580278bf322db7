/** A bound holds where everybody has watched in peace for a while: before that a drill would show nothing. */
import type { StatusView } from '../../src/core/views';
import type { Driving } from './driving';
import { DrillRefused, type LocalView } from './local-api';
import { secondsText } from './outcome';
import { lookUntil } from './patience';

/** Throws DrillRefused when there is no peace in all the time in which there should be. */
export async function waitForCalm({ api, pace, say, local: { promises } }: Driving): Promise<void> {
  let reason: string | undefined = 'nothing was asked yet';
  let said: string | undefined;
  const calm = await lookUntil({
    pace,
    forMs: promises.calmMs + promises.healedMs,
    lost: new Promise<never>(() => undefined),
    look: async () => {
      const [local, status] = await Promise.all([api.local(), api.status()]);
      reason = unrest(local, status, Date.now());
      return reason === undefined ? true : undefined;
    },
    onWait: () => {
      if (reason !== said) say(`waiting until all is calm: ${reason}`);
      said = reason;
    },
  });
  if (calm === undefined) throw new DrillRefused(`it is not calm: ${reason}; mend that first, else the drill shows nothing`);
}

/** Why it is not calm; undefined where it is. */
function unrest({ regions, drills, promises }: LocalView, { incidents, watches }: StatusView, now: number): string | undefined {
  const [other] = drills;
  // Two drills at once are refused by whoever runs them, and no calm is worth waiting for.
  if (other !== undefined) return undefined;
  const dark = regions.find(({ state }) => state !== 'running');
  if (dark !== undefined) return `${dark.name} is ${dark.state}`;
  const open = incidents.find(({ state, family }) => state === 'open' && family !== 'availability');
  if (open !== undefined) return `an incident about ${open.subject} is open since ${open.openedAt} (${open.condition})`;
  const young = regions.find(({ runsSince }) => runsSince !== null && now - Date.parse(runsSince) < promises.calmMs);
  if (young !== undefined) return `${young.name} runs for less than ${secondsText(promises.calmMs)}`;
  for (const { name: subject } of regions.filter(({ role }) => role === 'prober')) {
    for (const { name: observer } of regions.filter(({ name }) => name !== subject)) {
      const state = watches.find((watch) => watch.observer === observer && watch.subject === subject)?.state ?? 'nothing';
      if (state !== 'reporting') return `${observer} says of ${subject}: ${state}`;
    }
  }
  return undefined;
}
