/** A clock that somebody sets, at the observer or at the observed, is neither silence nor the end of one. */
import { minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { scenario } from './scenario';

/** A story takes a second or two, and longer on a busy machine. */
jest.setTimeout(60_000);

const tenSeconds = 10 * second;

it.each([-59, -14, 14, 59, 86])('an observer whose clock steps by %i s every two minutes accuses nobody who is alive', async (bySeconds) => {
  const story = scenario({ beatMs: tenSeconds });
  story.clockSteps(ohio, { from: '00:03:32', to: '00:07:35', byMs: bySeconds * second, everyMs: 2 * minute });
  story.isBadlyDeployed(dublin, 'hangs', { from: '00:04:23', to: '00:07:36' });
  const ending = await story.endsInCalm();
  expect(ending.said.filter((line) => !line.includes('prober:eu-west-1'))).toEqual([]);
  expect(ending.said.some((line) => line.includes('PAGE prober:eu-west-1'))).toBe(true);
  expect(ending.broken).toEqual([]);
});

it.each([98, -98])('with beats of a minute, an observer whose clock steps by %i s between two invocations accuses nobody', async (bySeconds) => {
  const story = scenario({ beatMs: minute });
  story.clockSteps(ohio, { from: '00:07:03', to: '00:11:01', byMs: bySeconds * second, everyMs: 93 * second });
  const ending = await story.endsInCalm();
  expect(ending.said).toEqual([]);
  expect(ending.broken).toEqual([]);
});

it.each([tenSeconds, minute])('with beats of %i ms, a prober whose clock was minutes ahead and that hangs later is accused once, of that', async (beatMs) => {
  const story = scenario({ beatMs });
  story.clockIsWrong(ohio, { from: '00:04:34', to: '00:06:09', byMs: 4 * minute });
  story.proberHangs(ohio, { from: '00:08:40', to: '00:13:28' });
  const ending = await story.endsInCalm();
  const told = ending.said.filter((line) => line.includes('PAGE prober:us-east-2'));
  expect(new Set(told.map((line) => line.split(': ')[1])).size).toBe(1);
  expect(ending.broken).toEqual([]);
});

it.each([10, 40, 70])(
  'a prober whose clock jumps five minutes back and forth until %i s past the minute is not paged about once it is right',
  async (afterMs) => {
    const story = scenario({ beatMs: minute });
    story.clockSteps(ohio, {
      from: '00:05:10',
      to: `00:0${8 + Math.floor(afterMs / 60)}:${String(afterMs % 60).padStart(2, '0')}`,
      byMs: -5 * minute,
      everyMs: 47 * second,
    });
    expect((await story.endsInCalm()).broken).toEqual([]);
  },
);

it('a deployment silences a whole region until its next tick: its watchdog is not accused for coming back a little later', async () => {
  const story = scenario({ beatMs: tenSeconds });
  story.isBadlyDeployed(ohio, 'lies-up', { from: '00:02:22', to: '00:06:10' });
  const ending = await story.endsInCalm();
  expect(ending.said.filter((line) => line.includes('watchdog'))).toEqual([]);
  expect(ending.broken).toEqual([]);
});

it('a watchdog that could read nothing has not looked: it measures no silence by the time it was blind', async () => {
  const story = scenario({ beatMs: tenSeconds });
  story.tableFails(frankfurt, { from: '00:05:00', to: '00:06:05' });
  story.regionIsDark(dublin, { from: '00:05:30', to: '00:08:00' });
  story.regionIsDark(ohio, { from: '00:05:32', to: '00:08:00', darkness: 'refuses' });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('nobody watches')).toBeGreaterThan(0);
  expect(ending.broken).toEqual([]);
});
