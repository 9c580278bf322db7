/** Whoever tells something may be killed between record, send and receipt, at every point there is: it is never lost, and repeated once at most. */

import { decideAnnouncements } from '../../../src/core/announcement';
import { instant } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import { allRegions } from '../../../src/core/config/config';
import { foldIncidents } from '../../../src/core/incident';
import { type Killed, killTeller, type Stage, type Telling, tellerOf } from '../alert-killing';
import { dublin, ohio, smallConfig } from '../settings';
import { at } from '../time-of-story';
import { startsAt } from '../world';

const config = smallConfig({ monitors: 1, beatMs: minute });
const two = smallConfig({ monitors: 1, beatMs: minute, witness: undefined });
const alone = { ...config, regions: { probers: [dublin] }, outside: [] };
const service = { kind: 'target-down', monitor: 'service-001' as never, from: [dublin, ohio], symptom: 'status', begins: at('00:01:10') } as const;
const prober = { kind: 'schedule-stopped', region: ohio, role: 'prober', begins: at('00:01:10') } as const;
const ofService = { key: 'service-001:availability' } as const;

const tellings: Readonly<Record<string, Telling>> = {
  'a target that went down': { ...ofService, config, fault: { ...service, ends: at('00:20') }, kind: 'opened', until: at('00:05') },
  'a target that went down, where there is one region': {
    ...ofService,
    config: alone,
    fault: { ...service, ends: at('00:20') },
    kind: 'opened',
    until: at('00:05'),
  },
  'a target that is up again': { ...ofService, config: two, fault: { ...service, ends: at('00:04:10') }, kind: 'resolved', until: at('00:08') },
  'a prober that stopped': { key: `prober:${ohio}:watch`, config: two, fault: { ...prober, ends: at('00:20') }, kind: 'opened', until: at('00:07') },
};

/** All that is left of a telling after its teller was killed before taking that answer, and what is wrong with it. */
function wrongWith({ config: { regions } }: Telling, begins: number, { told, logs }: Killed): readonly string[] {
  const replicas = [...logs.values()].map((entries) => entries.map((entry) => JSON.stringify(entry)).sort());
  const [entries = []] = logs.values();
  const open = allRegions(regions).flatMap((me) => {
    const listener = { me, now: instant(startsAt + begins + 10 * minute), regions: allRegions(regions), finds: new Map() };
    return decideAnnouncements(foldIncidents(entries), entries, listener).filter((decision) => decision.kind !== 'silence' || decision.reason !== 'told');
  });
  return [
    ...(told.length === 0 ? ['lost'] : []),
    ...(told.length > 2 ? [`told ${told.length} times`] : []),
    ...(told.some((one) => one.at > begins + 90 * second) ? ['told late'] : []),
    ...(replicas.some((one) => one.join() !== replicas[0]?.join()) ? ['replicas differ'] : []),
    ...(open.length > 0 ? [`not known to be told: ${JSON.stringify(open)}`] : []),
  ];
}

/** `stage` of death, and how often it was told then. */
async function killedEverywhere(telling: Telling) {
  const teller = await tellerOf(telling);
  const deaths: { readonly stage: Stage; readonly times: number }[] = [];
  const wrong: string[] = [];
  for (let answers = 0; ; answers += 1) {
    const killed = await killTeller(telling, teller, answers);
    wrong.push(...wrongWith(telling, teller.begins, killed).map((what) => `before answer ${answers}: ${what}`));
    if (!killed.isCut) return { deaths, wrong };
    deaths.push({ stage: killed.stage, times: killed.told.length });
  }
}

describe('an alert whose teller is killed at any await', () => {
  it.each(Object.entries(tellings))('about %s is told all the same, once more at most', async (_what, telling) => {
    const { deaths, wrong } = await killedEverywhere(telling);
    expect(wrong).toEqual([]);
    expect(deaths.length).toBeGreaterThanOrEqual(12);
    expect(new Set(deaths.map(({ stage }) => stage))).toEqual(new Set(['nothing', 'recorded', 'sent', 'receipted']));
    for (const { stage, times } of deaths) expect({ stage, times }).toEqual({ stage, times: stage === 'sent' ? 2 : 1 });
  });
});
