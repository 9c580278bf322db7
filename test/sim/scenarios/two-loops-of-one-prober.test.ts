/** Where claims fail, the loop that should have been handed over to and the one before it both run. */
import { second } from '../../../src/core/basics/time';
import { ohio } from '../settings';
import { scenario } from './scenario';

it('once claims work again the older loop goes and the younger one stays: no round is missed', async () => {
  const story = scenario({ beatMs: 10 * second });
  story.credentialsAreRevoked(ohio, { from: '00:02:59', to: '00:06:01' });
  const ending = await story.endsInCalm();
  expect(ending.rounds(ohio, { from: '00:06:10', to: '00:07:00' })).toBeGreaterThanOrEqual(4);
  expect(ending.broken).toEqual([]);
});

it('a loop that begins where claims of a fast clock were lost goes on after what was stored elsewhere', async () => {
  const story = scenario({ beatMs: 10 * second, tolerateMs: 30 * second });
  story.clockSteps(ohio, { from: '00:03:00', to: '00:07:40', byMs: 85 * second, everyMs: 108 * second });
  story.tableFails(ohio, { from: '00:04:39', to: '00:08:13', calls: 'all', how: 'broken', probability: 1 });
  expect((await story.endsInCalm()).broken).toEqual([]);
});
