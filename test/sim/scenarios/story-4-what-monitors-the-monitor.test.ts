import { minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt } from '../settings';
import { at } from '../time-of-story';
import { type Ending, type Scenario, scenario } from './scenario';

const during = { from: '00:04:10', to: '00:10:10' };
const troubleBegins = at(during.from);

/** What was said, by whoever said it and however sure, each line once. */
const words = ({ said }: Ending): readonly string[] => [...new Set(said.map((line) => line.replace(/^[^:]*: /, '').replace(/ \([a-z ]+\)$/, '')))];
const toldAfter = (ending: Ending, text: string): number => (ending.firstSaidAt(text) ?? Number.NaN) - troubleBegins;

interface Row {
  readonly who: string;
  readonly trouble: (story: Scenario) => void;
  readonly told: string;
  readonly resolved: string;
  /** After the trouble began. */
  readonly withinMs: { readonly quick: number; readonly slow: number };
}

const rows: readonly Row[] = [
  {
    who: 'a prober that hangs',
    trouble: (story) => story.proberHangs(dublin, during),
    told: 'PAGE prober:eu-west-1 is HUNG: it begins rounds and finishes none',
    resolved: 'RESOLVED prober:eu-west-1 finishes rounds again',
    withinMs: { quick: 100 * second, slow: 210 * second },
  },
  {
    who: 'a prober that hangs and is deaf to pokes',
    trouble: (story) => story.proberHangs(dublin, { ...during, isDeaf: true }),
    told: 'PAGE prober:eu-west-1 is SILENT',
    resolved: 'RESOLVED prober:eu-west-1 reports again',
    withinMs: { quick: 100 * second, slow: 210 * second },
  },
  {
    who: 'a prober whose schedule stops',
    trouble: (story) => story.scheduleIsStopped(dublin, 'prober', during),
    told: 'PAGE prober:eu-west-1 is STOPPED: nothing invokes it',
    resolved: 'RESOLVED prober:eu-west-1 is invoked by its schedule again',
    withinMs: { quick: 190 * second, slow: 260 * second },
  },
  {
    who: 'a prober that skips',
    trouble: (story) => story.probesDoNotWork(dublin, ['service-001'], during),
    told: 'PAGE prober:eu-west-1 SKIPS monitors',
    resolved: 'RESOLVED prober:eu-west-1 covers every monitor again',
    withinMs: { quick: 150 * second, slow: 330 * second },
  },
  ...(['lies-up', 'lies-down'] as const).map((deploy) => ({
    who: `a prober that ${deploy}`,
    trouble: (story: Scenario) => story.isBadlyDeployed(dublin, deploy, during),
    told: 'PAGE prober:eu-west-1 cannot be BELIEVED: its canaries read wrong',
    resolved: 'RESOLVED prober:eu-west-1 reads its canaries right again',
    withinMs: { quick: 150 * second, slow: 300 * second },
  })),
  ...[dublin, frankfurt].map((region) => ({
    who: `a watchdog that dies in ${region}`,
    trouble: (story: Scenario) => story.watchdogDies(region, during),
    told: `PAGE watchdog:${region} has STOPPED WATCHING`,
    resolved: `RESOLVED watchdog:${region} watches again`,
    withinMs: { quick: 100 * second, slow: 210 * second },
  })),
];

describe.each([
  { beatMs: 10 * second, pace: 'quick' },
  { beatMs: minute, pace: 'slow' },
] as const)('with beats of $beatMs ms', ({ beatMs, pace }) => {
  it.each(rows)('$who is told as what it is, in time, and resolved', async ({ trouble, told, resolved, withinMs }) => {
    const story = scenario({ beatMs, monitors: 2 });
    trouble(story);
    const ending = await story.endsInCalm();
    expect({ words: words(ending), broken: ending.broken }).toEqual({ words: [told, resolved], broken: [] });
    expect(toldAfter(ending, told)).toBeLessThan(withinMs[pace]);
    expect(ending.firstSaidAt(resolved)! - at(during.to)).toBeLessThan(3 * minute);
  });
});
