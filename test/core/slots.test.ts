import { monitorId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { isDue, isLooping, phaseMs, slotAfter, slotBegins, slotOf } from '../../src/core/slots';
import { at, config, east, middle, monitor, slot, west } from './builders';

const everyTen = config();
const everyMinute = config({ beatIntervalMs: minute });

describe('the grid of rounds', () => {
  it('two regions take turns, half an interval apart', () => {
    expect(phaseMs(everyTen, west)).toBe(0);
    expect(phaseMs(everyTen, east)).toBe(5 * second);
    expect(slotBegins(everyTen, east, slot('00:00:10'))).toBe(at('00:00:15'));
  });

  it.each([
    ['00:00:10', west, '00:00:10'],
    ['00:00:19', west, '00:00:10'],
    ['00:00:14', east, '00:00:00'],
    ['00:00:15', east, '00:00:10'],
  ])('%s in %s belongs to the slot %s', (time, region, expected) => {
    expect(slotOf(everyTen, region, at(time))).toBe(slot(expected));
  });

  it('with beats of a minute the schedule decides the phase', () => {
    expect(isLooping(everyMinute)).toBe(false);
    expect(phaseMs(everyMinute, east)).toBe(0);
    expect(slotOf(everyMinute, east, at('00:03:59'))).toBe(slot('00:03:00'));
  });

  it('slots are named by their second, so a changed interval never makes them run backwards', () => {
    expect(slotOf(everyMinute, west, at('00:05'))).toBeGreaterThan(slotOf(everyTen, west, at('00:04:50')));
    expect(slotAfter(everyTen, slot('00:00:50'))).toBe(slot('00:01:00'));
  });

  it('a witness has no turn of its own and does not disturb one', () => {
    expect(phaseMs(everyTen, middle)).toBe(0);
  });
});

describe('which monitors are due', () => {
  it('a monitor with the interval of the beat: always', () => {
    expect([0, 10, 20, 30].every((offset) => isDue(everyTen, monitor(), slot(`00:00:${String(offset).padStart(2, '0')}`)))).toBe(true);
  });

  it('one with a longer interval: once in it, and different monitors at different times', () => {
    const monitors = Array.from({ length: 60 }, (_, index) => monitor({ id: monitorId(`m${index}`), intervalMs: minute }));
    const slots = ['00:00:00', '00:00:10', '00:00:20', '00:00:30', '00:00:40', '00:00:50'].map(slot);
    for (const each of monitors) expect(slots.filter((one) => isDue(everyTen, each, one))).toHaveLength(1);
    for (const one of slots) expect(monitors.filter((each) => isDue(everyTen, each, one)).length).toBeGreaterThan(2);
  });
});
