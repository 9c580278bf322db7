import { instant, type MonitorHash, monitorHash, type RegionId } from '../../src/core/basics/brand';
import type { Head } from '../../src/core/beat';
import type { Config } from '../../src/core/config/config';
import type { Arrivals } from '../../src/core/freshness';
import { nothingSaid } from '../../src/core/standing';
import { judgeMonitor } from '../../src/core/verdict';
import { chorusOf, voicesOf } from '../../src/core/voices';
import { at, config, east, head, middle, monitor, sample, slot, west } from './builders';

const before = monitorHash('00000000000a');
const after = monitorHash('00000000000b');
const [older, newer] = [at('00:00'), at('00:05')];

interface Drawn {
  readonly hash?: MonitorHash | undefined;
  readonly madeAt: ReturnType<typeof at>;
  readonly ok?: boolean;
  readonly slot?: ReturnType<typeof slot>;
}

const configured = (hash: MonitorHash, madeAt: typeof older): Config =>
  config({ regions: { probers: [west, east, middle] }, hash: `config of ${hash}`, madeAt, monitors: [monitor({ hash })] });

/** What this configuration's owner hears of regions that have these. */
function hear(own: Config, regions: Readonly<Record<RegionId, Drawn>>) {
  const heads = new Map<RegionId, Head>();
  const arrivals = new Map<RegionId, Arrivals>();
  for (const [name, { hash, madeAt, ok = false, slot: newest = slot('00:10') }] of Object.entries(regions)) {
    const region = name as RegionId;
    const samples = hash === undefined ? [] : [sample({ hash, ok, run: 9, slot: newest })];
    heads.set(region, { ...bare, region, slot: newest, configHash: hash === undefined ? 'of neither' : `config of ${hash}`, configMadeAt: madeAt, samples });
    arrivals.set(region, { newest, firstSeenAt: at('00:10:02'), lagsMs: [2000], lateLagsMs: [] });
  }
  const voices = voicesOf(chorusOf(own, { now: at('00:10:05'), heads, arrivals }), own.monitors[0]!);
  return { voices, judgement: judgeMonitor({ monitor: own.monitors[0]!, voices, standing: nothingSaid }) };
}

const bare = {
  by: 'schedule',
  canaries: 'right',
  startedAt: at('00:10'),
  finishedAt: at('00:10:01'),
  covered: 1,
  expected: 1,
  codeVersion: '1',
  bootId: '1',
  seen: {},
} as const;
const why = ({ voices }: ReturnType<typeof hear>): readonly string[] => voices.map((voice) => (voice.kind === '?' ? voice.why : 'fresh'));

describe('while a deployment goes from region to region', () => {
  const changed = { hash: after, madeAt: newer };
  const unchanged = { hash: before, madeAt: older, ok: true };

  it('a monitor is judged by those that have its newest configuration, and never partial because of the others', () => {
    const heard = hear(configured(after, newer), { [west]: changed, [east]: changed, [middle]: unchanged });
    expect(why(heard)).toEqual(['fresh', 'fresh', 'other-configuration']);
    expect(heard.judgement).toMatchObject({ verdict: 'down', certainty: 'confirmed' });
  });

  it('the first region that has it is a single witness, whose samples all count: the others never had a say', () => {
    const heard = hear(configured(after, newer), { [west]: changed, [east]: unchanged, [middle]: unchanged });
    expect(heard.judgement).toMatchObject({ verdict: 'down', certainty: 'single-witness', reason: 'only-witness-fails' });
  });

  it('whoever has the older configuration says nothing of it', () => {
    const heard = hear(configured(before, older), { [west]: changed, [east]: { ...unchanged, ok: false }, [middle]: { ...unchanged, ok: false } });
    expect(why(heard)).toEqual(['newer-configuration', 'fresh', 'fresh']);
    expect(heard.judgement).toMatchObject({ verdict: 'unknown', reason: 'newer-configuration-elsewhere' });
  });

  it('nor of a monitor that the newer configuration no longer has', () => {
    const heard = hear(configured(before, older), { [west]: { madeAt: newer }, [east]: unchanged, [middle]: unchanged });
    expect(heard.judgement.reason).toBe('newer-configuration-elsewhere');
  });

  it('a monitor whose own configuration is the same everywhere is judged by all', () => {
    const heard = hear(configured(before, older), { [west]: { ...unchanged, madeAt: newer }, [east]: unchanged, [middle]: unchanged });
    expect(why(heard)).toEqual(['fresh', 'fresh', 'fresh']);
  });

  it('a region that has gone silent with a newer configuration does not keep the others from judging', () => {
    const gone = { ...changed, slot: slot('00:08') };
    const heard = hear(configured(before, older), { [west]: gone, [east]: unchanged, [middle]: unchanged });
    expect(why(heard)).toEqual(['not-fresh', 'fresh', 'fresh']);
    expect(heard.judgement).toMatchObject({ verdict: 'up' });
  });

  it('two configurations of the same age: each region judges by its own', () => {
    const heard = hear(configured(before, older), { [west]: { ...changed, madeAt: older }, [east]: unchanged, [middle]: unchanged });
    expect(why(heard)).toEqual(['other-configuration', 'fresh', 'fresh']);
  });
});

it('a monitor that a region with the same configuration has not covered yet was never heard from there', () => {
  const own = { ...configured(before, older), hash: 'of neither' };
  const heard = hear(own, { [west]: { madeAt: older }, [east]: { hash: before, madeAt: older } });
  expect(heard.voices.map((voice) => voice.kind === '?' && voice.why)).toEqual(['never-heard', false, 'never-heard']);
  expect(heard.voices[0]).not.toHaveProperty('lastSlot');
});

describe('one voice', () => {
  const own = config({ regions: { probers: [west] } });
  const arrivals: Arrivals = { newest: slot('00:10'), firstSeenAt: at('00:10:02'), lagsMs: [2000], lateLagsMs: [] };
  const seen = head();
  const voiceAt = (now: number, heard: Head | undefined = seen, known: Arrivals | undefined = arrivals) =>
    voicesOf(chorusOf(own, { now: instant(now), heads: new Map(heard && [[west, heard]]), arrivals: new Map(known && [[west, known]]) }), own.monitors[0]!)[0]!;
  /** The next beat is expected after a lag and an interval, and may be late by an interval, a timeout and two seconds. */
  const stale = at('00:10') + 2000 + 10_000 + 15_000;

  it('is fresh until the next sample is overdue by an interval, a timeout and a little', () => {
    expect(voiceAt(stale)).toEqual({ kind: 'fresh', region: west, sample: seen.samples[0], finishedAt: seen.finishedAt });
    expect(voiceAt(stale + 1)).toEqual({ kind: '?', region: west, why: 'not-fresh', lastSlot: slot('00:10') });
  });

  it('says nothing of now where nobody can tell how old its newest beat is', () => {
    const anew: Arrivals = { ...arrivals, isAgeUnknown: true };
    expect(voiceAt(stale, seen, anew)).toEqual({ kind: '?', region: west, why: 'not-fresh', lastSlot: slot('00:10') });
  });

  it('of a newer configuration counts for as long', () => {
    const newerOne = head({ configHash: 'other', configMadeAt: at('00:05'), samples: [] });
    expect(voiceAt(stale, newerOne)).toMatchObject({ why: 'newer-configuration' });
    expect(voiceAt(stale + 1, newerOne)).toMatchObject({ why: 'not-fresh' });
  });

  it.each([
    ['expects no monitor and has none', { samples: [], expected: 0 }, 'other-configuration'],
    ['expects some', { samples: [], expected: 1 }, 'newer-configuration'],
    ['has some', { samples: [sample({ hash: after })], expected: 0 }, 'newer-configuration'],
  ] as const)('of a newer configuration that %s: %s', (_case, over, reason) => {
    expect(voiceAt(at('00:10:05'), head({ configHash: 'other', configMadeAt: at('00:05'), ...over }))).toMatchObject({ why: reason });
  });

  it('was never heard where there is no beat, or none was seen to arrive', () => {
    const chorus = (heads: Map<RegionId, Head>, known: Map<RegionId, Arrivals>) =>
      voicesOf(chorusOf(own, { now: at('00:10:05'), heads, arrivals: known }), own.monitors[0]!);
    for (const voices of [chorus(new Map(), new Map([[west, arrivals]])), chorus(new Map([[west, seen]]), new Map())])
      expect(voices).toEqual([{ kind: '?', region: west, why: 'never-heard' }]);
  });

  it('of an earlier round was finished with that round', () => {
    const earlier = head({ samples: [sample({ slot: slot('00:09:50') })] });
    expect(voiceAt(at('00:10:02'), earlier)).toMatchObject({ kind: 'fresh', finishedAt: at('00:09:50') });
  });
});
