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
