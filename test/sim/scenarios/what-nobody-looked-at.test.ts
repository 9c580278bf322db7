/** Time in which an observer could not look is no evidence, and an event of long ago is a reason to look all the same. */
import { minute } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { scenario } from './scenario';

it('whose rights were gone has not looked meanwhile: it accuses nobody before it has', async () => {
  const story = scenario({ beatMs: minute });
  story.credentialsAreRevoked(ohio, { from: '00:05:54', to: '00:08:56' });
  story.watchdogDies(ohio, { from: '00:06:54', to: '00:11:54' });
  story.watchdogDies(dublin, { from: '00:09:16', to: '00:10:56' });
  story.isBadlyDeployed(dublin, 'throws', { from: '00:08:57', to: '00:13:57' });
  expect((await story.endsInCalm()).broken).toEqual([]);
});

it('a watchdog whose events all come hours late goes on watching', async () => {
  const story = scenario({ beatMs: minute });
  story.scheduleIsStopped(dublin, 'watchdog', { from: '00:04:57', to: '00:12:00' });
  story.eventsComeLate(dublin, 'watchdog', { from: '00:04:57', to: '00:12:00', byMs: 145 * minute });
  const ending = await story.endsInCalm();
  expect(ending.said).toEqual([]);
  expect(ending.broken).toEqual([]);
});

it('a watchdog that is given old events and new ones goes on watching, for no clock was set', async () => {
  const story = scenario({ beatMs: minute });
  story.regionIsDark(dublin, { from: '00:04:16', to: '00:12:36' });
  story.regionIsDark(ohio, { from: '00:05:34', to: '00:12:36' });
  story.eventsComeLate(frankfurt, 'watchdog', { from: '00:05:54', to: '00:10:15', byMs: 3 * minute });
  const ending = await story.endsInCalm();
  expect(ending.concluded).toContainEqual(expect.stringMatching(/^opened monitoring:coverage|^opened prober:/));
  expect(ending.broken).toEqual([]);
});

it('who has watched without a break measures by its own clock, and not by what a watchdog remembers of another one', async () => {
  const story = scenario({ beatMs: minute });
  story.watchdogDies(ohio, { from: '00:06:19', to: '00:09:51' });
  story.clockIsWrong(ohio, { from: '00:08:34', to: '00:13:17', byMs: 204_000 });
  story.functionCrashes(frankfurt, 'watchdog', { from: '00:10:40', to: '00:12:20', afterAnswers: [3, 3] });
  const ending = await story.endsInCalm();
  expect(ending.broken).toEqual([]);
});
