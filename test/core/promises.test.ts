import { minute, second } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { callMs, type Promises, promisesOf } from '../../src/core/promises';
import { homeLimitMs, pokeLimitMs, publishLimitMs, remoteLimitMs } from '../../src/engine/world';

const configOf = (tolerateMs: number, beatIntervalMs: number): Config =>
  ({ beatIntervalMs, watch: { tolerateMs }, monitors: [{ intervalMs: beatIntervalMs, timeoutMs: beatIntervalMs / 2, upAfter: 2 }] }) as unknown as Config;

const seconds = (promises: Promises): Readonly<Record<string, number>> => Object.fromEntries(Object.entries(promises).map(([name, ms]) => [name, ms / second]));

it.each([
  [60, 10, { darkMs: 79, silentMs: 74, hungMs: 84, stoppedMs: 94, unwatchedMs: 82 }],
  [60, 60, { darkMs: 104, silentMs: 104, hungMs: 134, stoppedMs: 194, unwatchedMs: 107 }],
  [10, 10, { darkMs: 29, silentMs: 33.5, hungMs: 34, stoppedMs: 93.5, unwatchedMs: 32 }],
])('with %d s tolerated and beats of %d s, what is promised follows', (tolerate, beat, expected) => {
  expect(seconds(promisesOf(configOf(tolerate * second, beat * second)))).toMatchObject(expected);
});

it('who tolerates more is told later, never sooner', () => {
  const [strict, patient] = [promisesOf(configOf(10 * second, 10 * second)), promisesOf(configOf(5 * minute, 10 * second))];
  for (const name of Object.keys(strict) as (keyof Promises)[]) expect(patient[name]).toBeGreaterThanOrEqual(strict[name]);
});

it('what is promised of a configuration without monitors is a time, too', () => {
  const promises = promisesOf({ ...configOf(60 * second, 60 * second), monitors: [] });
  expect(Object.values(promises).every((ms) => Number.isFinite(ms) && ms > 0)).toBe(true);
});

it.each(Object.entries({ homeLimitMs, remoteLimitMs, publishLimitMs, pokeLimitMs }))('no call takes longer than is reckoned with: %s', (_name, limitMs) => {
  expect(limitMs).toBeLessThanOrEqual(callMs);
});
