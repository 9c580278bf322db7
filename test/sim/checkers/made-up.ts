/** Stories that were made up, where no engine needs to run: what is taken away, who looked, who said what. */
import type { RegionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import { History } from '../history';
import { dublin, frankfurt, ohio, smallConfig } from '../settings';
import { at } from '../time-of-story';
import type { Checker, Evidence } from './evidence';
import type { Harm } from './harm';
import { Sightings } from './sightings';

const everybody = [dublin, ohio, frankfurt];
const end = at('00:40:00');

export interface Story {
  readonly harms?: readonly Harm[];
  /** When a prober finishes no rounds, and a region makes no looks. */
  readonly restsOf?: ReadonlyMap<RegionId, { readonly begins: number; readonly ends: number }>;
  readonly said?: readonly Partial<Announced>[];
}

/** Everybody works and looks every 30 s, and is heard by all, but for those who rest. */
export function evidenceOf({ harms = [], restsOf = new Map(), said = [] }: Story): Evidence {
  const history = new History(() => 0);
  for (const region of everybody) {
    const rest = restsOf.get(region);
    for (let time = 30 * second; time < end; time += 30 * second) {
      if (rest !== undefined && time > rest.begins && time < rest.ends) continue;
      const heardAt = new Map(everybody.map((other) => [other, time]));
      history.vigils.push({ at: time, region, heardAt });
      if (region !== frankfurt && time % minute === 0) history.rounds.push({ at: time, region, heardAt, isShown: true, seq: time / second });
      if (region !== frankfurt && time % minute === 0) history.claims.push({ at: time - second, region, seq: time / second });
    }
  }
  for (const one of said) history.announced.push({ ...something, ...one });
  const inspection = { looks: [], finally: new Map(), reports: [] };
  const config = smallConfig({ monitors: 1, beatMs: minute });
  const sightings = new Sightings(history);
  return { config, regions: everybody, faults: [], harms, history, sightings, inspection, logs: new Map(), healedAt: 0, from: 0, to: end };
}

const something: Announced = {
  at: at('00:10:00'),
  topic: ohio,
  sender: ohio,
  kind: 'opened',
  incident: 'made-up',
  key: 'prober:eu-west-1:watch',
  subject: 'prober:eu-west-1',
  family: 'watch',
  condition: 'silent',
  severity: 'page',
  certainty: 'confirmed',
  headline: 'made up',
  isDelivered: true,
};

export const broken = (checker: Checker, story: Story): readonly string[] => checker(evidenceOf(story)).map(({ promise }) => promise);

export const fromFiveToTwenty = { begins: at('00:05:00'), ends: at('00:20:00') };
export const resting = (...regions: readonly RegionId[]) => new Map(regions.map((region) => [region, fromFiveToTwenty]));
export const taken = (
  takes: 'rounds' | 'everything-expected' | 'cover' | 'truth' | 'looks' | 'store' | 'rights' | 'topic' | 'anchors' | 'clock' | 'steady-clock',
  region: RegionId,
): Harm => ({
  takes,
  region,
  ...fromFiveToTwenty,
});
export const callsLost = (from: RegionId, ...others: readonly RegionId[]): readonly Harm[] =>
  others.map((to) => ({ takes: 'calls', from, to, ...fromFiveToTwenty }));
