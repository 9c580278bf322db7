/** What hangs delays nobody else’s page, wherever in the interval the others break; nor does a clock that is set meanwhile delay its own. */
import { minute, second } from '../../../src/core/basics/time';
import { dublin, ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

const seenFrom = [dublin, ohio];
const outages = [
  { monitor: 'service-002', from: '00:04:01', to: '00:05:33' },
  { monitor: 'service-003', from: '00:04:06', to: '00:05:37' },
  { monitor: 'service-004', from: '00:04:09', to: '00:05:40' },
];

it('while one target hangs, others that break are told within an interval, and well again within one', async () => {
  const story = scenario({ beatMs: 10 * second, monitors: 6 });
  story.targetIsDown('service-001', { from: '00:03:00', to: '00:06:30', seenFrom, symptom: 'hangs' });
  for (const { monitor, from, to } of outages) story.targetIsDown(monitor, { from, to, seenFrom, symptom: 'status' });
  const ending = await story.endsAt('00:07:00');
  const tookMs = (text: string, since: string): number => (ending.firstSaidAt(text) ?? Number.NaN) - at(since);
  for (const { monitor, from, to } of outages) {
    expect(tookMs(`PAGE ${monitor} is DOWN (confirmed)`, from)).toBeLessThan(11 * second);
    expect(tookMs(`RESOLVED ${monitor}`, to)).toBeLessThan(11 * second);
  }
  expect(ending.said.filter((line) => line.includes('PAGE'))).toHaveLength(4);
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 560037: the step looked like a round of more than a minute, after which there was no time for another in that invocation. */
it.each([
  { byMs: 67 * second, everyMs: 65 * second, from: '00:03:00' },
  { byMs: -67 * second, everyMs: 60 * second, from: '00:03:12' },
  { byMs: 5 * minute, everyMs: 60 * second, from: '00:03:04' },
])('a clock that is set amid rounds that wait for a target costs those rounds, and not the rest of the minute: %j', async (steps) => {
  const story = scenario({ beatMs: 10 * second });
  story.targetIsDown('service-001', { from: '00:05:00', to: '00:09:00', seenFrom: [dublin], symptom: 'hangs' });
  story.clockSteps(dublin, { ...steps, to: '00:09:00' });
  const ending = await story.endsInCalm();
  expect(ending.broken).toEqual([]);
  expect(ending.firstSaidAt('PAGE service-001 is DOWN FROM SOME REGIONS')).toBeLessThan(at('00:06:30'));
});

/** The clock is set in step with the rounds, in each while it waits: if a round that looks too long were only given up, each second one would be. */
it.each([
  { byMs: 67 * second, everyMs: 60 * second, from: '00:03:20' },
  { byMs: -67 * second, everyMs: 60 * second, from: '00:03:02' },
  { byMs: 5 * minute, everyMs: 60 * second, from: '00:03:05' },
])('with beats of a minute, a clock that is set once a minute costs no round, and nobody is called hung: %j', async (steps) => {
  const story = scenario({ beatMs: minute });
  story.targetIsDown('service-001', { from: '00:05:00', to: '00:19:00', seenFrom: [dublin], symptom: 'hangs' });
  story.clockSteps(dublin, { ...steps, to: '00:19:00' });
  const ending = await story.endsInCalm();
  expect(ending.broken).toEqual([]);
  expect(ending.said.filter((line) => line.includes('HUNG'))).toEqual([]);
  expect(ending.firstSaidAt('PAGE service-001 is DOWN FROM SOME REGIONS')).toBeLessThan(at('00:09:45'));
});
