import { type RegionId, regionId } from '../../src/core/basics/brand';
import type { RegionsToPage } from '../../src/core/config/config';
import type { Health, Sample } from '../../src/core/health';
import { nothingSaid, type Verdict } from '../../src/core/standing';
import { type Judgement, judgeMonitor, type Voice } from '../../src/core/verdict';
import { at, monitor, sample, slot } from './builders';

/** Every combination of voices of 1 to 4 regions, whatever was said before, under every policy. */
const regions = ['eu-west-1', 'us-east-2', 'eu-central-1', 'ap-south-1'].map(regionId);
const standings: readonly Verdict[] = ['up', 'unknown', 'partial', 'down', 'misidentified'];
const policies: readonly RegionsToPage[] = ['all', 'majority', 'any', 1, 2, 3];

interface State {
  readonly name: string;
  readonly sample?: Sample | undefined;
  readonly voices: readonly Voice[];
}

/** All that one region can have to say: runs around the thresholds, with the health that it can have then. */
function statesOf({ downAfter, upAfter }: { downAfter: number; upAfter: number }): readonly State[] {
  const silent = (['not-fresh', 'other-configuration', 'newer-configuration'] as const).map((why) => {
    const lastSlot = why === 'not-fresh' ? slot('00:09:40') : undefined;
    return { name: why, voices: regions.map((region): Voice => ({ kind: '?', region, why, lastSlot })) };
  });
  const heard = (ok: boolean, threshold: number): readonly State[] =>
    [...new Set([1, threshold, 2 * threshold, threshold + 2, threshold + 3])].flatMap((run) =>
      (['up', 'down', 'unknown'] as const)
        .filter((health) => run < threshold || health === (ok ? 'up' : 'down'))
        .map((health) => freshState({ ok, run, health })),
    );
  return [...silent, ...heard(false, downAfter), ...heard(true, upAfter), ...answeredByAnother(downAfter)];
}

/** A failing sample that came from somebody else: sure or not, and for long. */
const answeredByAnother = (threshold: number): readonly State[] =>
  [
    { run: threshold, health: 'down' as const },
    { run: threshold + 3, health: 'down' as const },
    ...(threshold > 1 ? [{ run: 1, health: 'up' as const }] : []),
  ].map((over) => freshState({ ok: false, ...over, reason: 'misidentified' }));

function freshState(over: { ok: boolean; run: number; health: Health; reason?: 'misidentified' }): State {
  const seen = sample({ ...over, failedBits: 0 });
  const voices = regions.map((region): Voice => ({ kind: 'fresh', region, sample: seen, finishedAt: at('00:10:02') }));
  return { name: `${over.reason ?? (over.ok ? 'ok' : 'fails')} ${over.run} ${over.health}`, sample: seen, voices };
}

/** Places of regions in ascending order of their states: which region is in which state makes no difference. */
function combinations(states: number, count: number, least = 0): number[][] {
  if (count === 0) return [[]];
  const all: number[][] = [];
  for (let first = least; first < states; first += 1) for (const rest of combinations(states, count - 1, first)) all.push([first, ...rest]);
  return all;
}

/** That somebody else answers is no worse than that nobody does: it is another matter. */
const badness: Readonly<Record<Verdict, number>> = { up: 0, unknown: 1, partial: 2, down: 3, misidentified: 3 };
const healthRank: Readonly<Record<Health, number>> = { up: 0, unknown: 1, down: 2 };

/** The same sample, had it been good: what came before is no worse for it. */
const couldHaveBeen = (failing: Sample, good: Sample | undefined): boolean =>
  good !== undefined && !failing.ok && good.ok && healthRank[good.health] <= healthRank[failing.health];

interface Judged {
  readonly combination: readonly number[];
  readonly standing: Verdict;
  readonly judgement: Judgement;
}

function judgeAll(states: readonly State[], count: number, of: Parameters<typeof judgeOne>[2]): readonly Judged[] {
  return combinations(states.length, count).flatMap((combination) =>
    standings.map((standing) => ({ combination, standing, judgement: judgeOne(voicesOf(states, combination), standing, of) })),
  );
}

const judgeOne = (voices: readonly Voice[], standing: Verdict, of: ReturnType<typeof monitor>): Judgement =>
  judgeMonitor({ monitor: of, voices, standing: { ...nothingSaid, verdict: standing } });

const voicesOf = (states: readonly State[], combination: readonly number[]): readonly Voice[] =>
  combination.map((state, index) => states[state]!.voices[index]!);

const told = (states: readonly State[], { combination, standing, judgement }: Judged): string =>
  `${combination.map((state) => states[state]!.name).join(' | ')}, said ${standing}: ${judgement.verdict} because ${judgement.reason}`;

/** What is wrong with one row of the table, looked at by itself. */
function whatIsWrong(states: readonly State[], { combination, standing, judgement }: Judged, policy: RegionsToPage): string | undefined {
  const { verdict, reason, certainty, evidence } = judgement;
  const fresh = combination.flatMap((state) => states[state]!.sample ?? []);
  const isOutdated = combination.some((state) => states[state]!.name === 'newer-configuration');
  if (isOutdated !== (reason === 'newer-configuration-elsewhere')) return 'a region with an older configuration speaks, or one with the newest does not';
  if ((fresh.length === 0 || isOutdated) && verdict !== 'unknown') return 'something is said without a fresh voice';
  if (fresh.length > 0 && (certainty === 'confirmed') !== fresh.length > 1) return 'a single witness is one fresh voice, no more and no less';
  if (Object.keys(evidence).length !== fresh.length) return 'the evidence is not what was looked at';
  if (reason === 'not-yet-confirmed' && verdict !== standing && !(standing === 'unknown' && verdict === 'up')) return 'changed without a rule';
  if (verdict === 'up' && reason !== 'not-yet-confirmed' && !fresh.every(({ ok }) => ok)) return 'up though a newest sample fails';
  if (verdict === 'partial' && standing !== 'partial' && !(fresh.some(({ ok }) => ok) && combination.length > 1)) return 'partial, and nobody sees it well';
  if (reason === 'enough-regions-down' && fresh.filter(({ health }) => health === 'down').length < least(policy, fresh.length)) return 'too few for down';
  const isWellAgain = reason === 'every-region-succeeds';
  if (
    fresh.length > 1 &&
    !isOutdated &&
    !isWellAgain &&
    fresh.filter(({ health }) => health === 'down').length >= least(policy, fresh.length) &&
    verdict !== 'down' &&
    verdict !== 'misidentified'
  )
    return 'not down though enough are';
  const mistaken = fresh.filter((one) => one.reason === 'misidentified');
  if ((verdict === 'misidentified') !== (reason === 'somebody-else-answers') && reason !== 'not-yet-confirmed') return 'misidentified by another rule';
  if (reason === 'somebody-else-answers' && mistaken.length === 0) return 'misidentified, and nobody else answered';
  if ((verdict === 'down' || verdict === 'partial') && reason !== 'not-yet-confirmed' && mistaken.some(({ health }) => health === 'down'))
    return 'called down, though somebody else answers for sure';
  if (reason === 'every-region-fails' && fresh.some(({ ok }) => ok)) return 'down though some region sees it well';
  return undefined;
}

const least = (policy: RegionsToPage, fresh: number): number =>
  ({ all: fresh, majority: Math.floor(fresh / 2) + 1, any: 1 })[policy as 'all'] ?? Math.min(policy as number, fresh);

/** Rows that a failing sample, turned into a good one, would make worse. */
function worsenings(states: readonly State[], judged: readonly Judged[]): readonly string[] {
  const rowOf = new Map(judged.map((row) => [`${row.combination.join()} ${row.standing}`, row]));
  const better = states.map(({ sample: from }) => states.flatMap(({ sample: to }, index) => (from !== undefined && couldHaveBeen(from, to) ? [index] : [])));
  return judged.flatMap((row) =>
    row.combination.flatMap((state, place) =>
      better[state]!.flatMap((other) => {
        const combination = row.combination.with(place, other).sort((one, two) => one - two);
        const after = rowOf.get(`${combination.join()} ${row.standing}`)!;
        return badness[after.judgement.verdict] > badness[row.judgement.verdict] ? [`${told(states, row)}; then ${told(states, after)}`] : [];
      }),
    ),
  );
}

describe.each([
  { downAfter: 2, upAfter: 2, most: 4 },
  { downAfter: 1, upAfter: 1, most: 3 },
  { downAfter: 3, upAfter: 1, most: 3 },
  { downAfter: 1, upAfter: 3, most: 3 },
])('the whole table, down after $downAfter, up after $upAfter', ({ downAfter, upAfter, most }) => {
  const states = statesOf({ downAfter, upAfter });
  const counts = [1, 2, 3, 4].filter((count) => count <= most);

  it.each(policies)('is total, gives reasons, and becomes no worse by a better sample, where %s must fail', (regionsToPage) => {
    const of = monitor({ downAfter, upAfter, regionsToPage });
    for (const count of counts) {
      if (count === 4 && typeof regionsToPage === 'number' && regionsToPage < 3) continue;
      const judged = judgeAll(states, count, of);
      expect(judged.flatMap((row) => whatIsWrong(states, row, regionsToPage) ?? [])).toEqual([]);
      expect(worsenings(states, judged)).toEqual([]);
    }
  });

  it('is the same each time, and whichever regions say it', () => {
    const of = monitor({ downAfter, upAfter });
    for (const row of judgeAll(states, 3, of)) {
      const again = judgeOne(voicesOf(states, row.combination), row.standing, of);
      const turned = judgeOne(voicesOf(states, [...row.combination].reverse()), row.standing, of);
      if (JSON.stringify(again) !== JSON.stringify(row.judgement)) throw new Error(told(states, row));
      if (turned.verdict !== row.judgement.verdict || turned.reason !== row.judgement.reason) throw new Error(told(states, row));
    }
  });
});

describe('how many regions must fail', () => {
  const voices = (down: number, of: number): readonly Voice[] =>
    regions.slice(0, of).map((region: RegionId, index) => ({
      kind: 'fresh',
      region,
      sample: index < down ? sample({ ok: false, run: 9 }) : sample({ run: 9 }),
      finishedAt: at('00:10:02'),
    }));
  const verdict = (down: number, of: number, regionsToPage: RegionsToPage): Verdict => judgeOne(voices(down, of), 'up', monitor({ regionsToPage })).verdict;

  it.each([
    [1, 2, 'all', 'partial'],
    [2, 2, 'all', 'down'],
    [2, 3, 'all', 'partial'],
    [3, 3, 'all', 'down'],
    [1, 2, 'majority', 'partial'],
    [2, 2, 'majority', 'down'],
    [1, 3, 'majority', 'partial'],
    [2, 3, 'majority', 'down'],
    [2, 4, 'majority', 'partial'],
    [3, 4, 'majority', 'down'],
    [0, 2, 'any', 'up'],
    [1, 2, 'any', 'down'],
    [1, 4, 'any', 'down'],
    [1, 4, 2, 'partial'],
    [2, 4, 2, 'down'],
    [2, 2, 3, 'down'],
    [1, 2, 3, 'partial'],
    [1, 1, 3, 'down'],
  ] as [number, number, RegionsToPage, Verdict][])('%i of %i, where %s must: %s', (down, of, policy, expected) => {
    expect(verdict(down, of, policy)).toBe(expected);
  });

  it('a recovery that one region sees is told after three rounds more, and then as partial', () => {
    const recovering = (run: number): readonly Voice[] => [{ ...voices(0, 1)[0]!, sample: sample({ run }) } as Voice, voices(2, 2)[1]!];
    expect([1, 4].map((run) => judgeOne(recovering(run), 'down', monitor()).verdict)).toEqual(['down', 'down']);
    expect(judgeOne(recovering(5), 'down', monitor())).toMatchObject({ verdict: 'partial', completedBy: regions[0] });
  });
});
