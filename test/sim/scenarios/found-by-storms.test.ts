import { realEngine } from '../real-engine';
import { runSeed } from '../seed';

/** Storms that once broke a promise, named by what they taught. `npm run sim -- --seed N` tells each as a story. */
it.each([
  ['an environment that slept a minute takes over what the other one saw, and accuses nobody', 146],
  ['a region accused by a third one is vouched for by whoever still reads it directly', 198],
  ['a page that comes after the end was told is not the last word', 149],
  ['a view that lags in one region opens nothing', 949],
  ['a change that a resolution did not know of has an end of its own', 1333],
  ['what another region saw is still known when the path to it is lost', 661],
  ['a beat that only a third region replicated counts as a sign of life', 1116],
  ['a region that is dark again after a return nobody here saw is told again', 1100],
  ['with beats of a minute three regions do not tell one end three times', 1502],
])('%s', async (_lesson, seed) => {
  const run = await runSeed({ seed, engine: realEngine });
  expect(run.violations).toEqual([]);
});
