/** What hangs delays nobody else's page, wherever in the interval the others break. */
import { second } from '../../../src/core/basics/time';
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
