import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, scenario } from './scenario';

const patienceMs = 60_000;

const beats = [
  { beat: '10 s', beatMs: 10_000, withinMs: 150_000 },
  { beat: '60 s', beatMs: 60_000, withinMs: 250_000 },
];

describe.each(beats)('both probers die, five minutes apart, with beats of $beat', ({ beatMs, withinMs }) => {
  let ending: Ending;

  beforeAll(async () => {
    const story = scenario({ beatMs });
    story.regionIsDark(dublin, { from: '00:05:00', to: '00:18:00' });
    story.regionIsDark(ohio, { from: '00:10:00', to: '00:18:00' });
    ending = await story.endsInCalm();
  }, patienceMs);

  it('the first is paged by whoever is left, and then the witness pages that nobody watches', () => {
    expect((ending.firstSaidAt('PAGE prober:eu-west-1 is SILENT') ?? Number.NaN) - at('00:05:00')).toBeLessThan(withinMs);
    expect((ending.firstSaidAt(`${frankfurt}: PAGE monitoring is DOWN: nobody watches`) ?? Number.NaN) - at('00:10:00')).toBeLessThan(withinMs);
  });

  it('the time in which nobody watched is unknown, with its cause, and never shown as up', () => {
    const report = ending.report('service-001');
    expect(report.upMs + report.downMs + report.unknownMs + report.pausedMs).toBe(Date.parse(report.to) - Date.parse(report.from));
    const blind = report.gaps.find((gap) => gap.cause === 'no prober reported');
    expect(Date.parse(blind?.to ?? '') - Date.parse(blind?.from ?? '')).toBeGreaterThan(at('00:07:00') - beatMs);
    const shown = ending.looks.filter((look) => look.at > at('00:15:00') && look.at < at('00:18:00')).map((look) => look.verdicts['service-001']);
    expect([...new Set(shown)]).toEqual(['unknown']);
  });

  it('when they return everything resolves, and nothing else was ever said', () => {
    expect([...new Set(ending.said.map((line) => line.replace(/^[^:]*: /, '')))].sort()).toEqual([
      'PAGE monitoring is DOWN: nobody watches (single witness)',
      'PAGE prober:eu-west-1 is SILENT (single witness)',
      'RESOLVED monitoring goes on',
      'RESOLVED prober:eu-west-1 reports again',
    ]);
    expect(ending.broken).toEqual([]);
  });
});
