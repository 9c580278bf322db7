import { minute } from '../../src/core/basics/time';
import { Events } from './events';
import { OutsideSwitch } from './outside-switch';
import { dublin, ohio } from './settings';

describe('the switch outside', () => {
  it('pages once, five minutes after it heard of a prober last, and not of one that it never heard of', async () => {
    const events = new Events(0);
    const outside = new OutsideSwitch(events);
    const pages: string[] = [];
    outside.onPage = (region) => pages.push(`${region} at ${events.now / minute} min`);
    for (let at = 1; at <= 10; at += 1) {
      await events.runUntil(at * minute);
      outside.hear(dublin);
      if (at === 3) outside.hear(ohio);
    }
    await events.runUntil(30 * minute);
    expect(pages).toEqual(['us-east-2 at 8 min', 'eu-west-1 at 15 min']);
  });
});
