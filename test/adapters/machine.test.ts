import { machineOf, systemMachine } from '../../src/adapters/machine';

describe('a machine', () => {
  it('that was never asleep has slept for nothing, whatever its clocks are rounded to', () => {
    expect(machineOf({ bootMs: () => 5000, awakeMs: () => 5400 }).sleptMs()).toBe(0);
    expect(machineOf({ bootMs: () => 5000.4, awakeMs: () => 5000 }).sleptMs()).toBe(0);
  });

  it('has slept as long as the clock that stands still in its sleep is behind the other', () => {
    const clocks = { boot: 10_000, awake: 10_000 };
    const machine = machineOf({ bootMs: () => clocks.boot, awakeMs: () => clocks.awake });
    clocks.boot += 605_000;
    clocks.awake += 5_000;
    expect(machine.sleptMs()).toBe(600_000);
  });

  it('that runs this test says the same twice, for it is awake', async () => {
    const before = systemMachine.sleptMs();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(Math.abs(systemMachine.sleptMs() - before)).toBeLessThan(1500);
  });
});
