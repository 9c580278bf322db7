import { Environment } from './environment';
import { Events } from './events';
import { Network } from './network';
import { Random } from './random';
import { dublin, frankfurt, ohio } from './settings';

function world() {
  const events = new Events(0);
  const network = new Network(events, new Random(1, 'network'));
  const caller = new Environment({ region: dublin, role: 'prober', bootId: 'one' });
  caller.thaw();
  const outcomes: string[] = [];
  const call = (to: typeof ohio, work: () => string = () => 'answered'): void => {
    network.call(caller, to, work).then(
      (answer) => outcomes.push(answer),
      (error: Error) => outcomes.push(error.message),
    );
  };
  return { events, network, caller, call, outcomes };
}

describe('a call between regions', () => {
  it('is answered after a round trip', async () => {
    const { events, call, outcomes } = world();
    call(ohio);
    await events.runUntil(10);
    expect(outcomes).toEqual([]);
    await events.runUntil(1_000);
    expect(outcomes).toEqual(['answered']);
  });

  it('brings back what went wrong there', async () => {
    const { events, call, outcomes } = world();
    call(ohio, () => {
      throw new Error('throttled');
    });
    await events.runUntil(1_000);
    expect(outcomes).toEqual(['throttled']);
  });

  it('is never answered over a cut link, while the other links and the other direction work', async () => {
    const { events, network, call, outcomes } = world();
    const heal = network.cut({ from: dublin, to: ohio });
    call(ohio);
    call(frankfurt, () => 'answered by the third region');
    await events.runUntil(60_000);
    expect(outcomes).toEqual(['answered by the third region']);
    expect(network.canCall({ from: ohio, to: dublin })).toBe(true);
    heal();
    call(ohio);
    await events.runUntil(120_000);
    expect(outcomes).toEqual(['answered by the third region', 'answered']);
  });

  it('is done although its answer is lost, when the link is cut meanwhile', async () => {
    const { events, network, call, outcomes } = world();
    let done = 0;
    call(ohio, () => {
      done += 1;
      network.cut({ from: dublin, to: ohio });
      return 'answered';
    });
    await events.runUntil(60_000);
    expect({ done, outcomes }).toEqual({ done: 1, outcomes: [] });
  });

  it.each([
    ['hangs', []],
    ['refuses', ['us-east-2 refuses connections']],
  ] as const)('to a dark region that %s', async (darkness, expected) => {
    const { events, network, call, outcomes } = world();
    const light = network.darken(ohio, darkness);
    call(ohio);
    await events.runUntil(60_000);
    expect(outcomes).toEqual(expected);
    light();
    expect(network.isDark(ohio)).toBe(false);
  });

  it('is not heard of by an environment that was killed, and only after the thaw by a frozen one', async () => {
    const { events, caller, call, outcomes } = world();
    call(ohio);
    caller.freeze();
    await events.runUntil(1_000);
    expect(outcomes).toEqual([]);
    caller.thaw();
    await events.runUntil(1_001);
    await Promise.resolve();
    expect(outcomes).toEqual(['answered']);
    call(ohio);
    caller.kill();
    await events.runUntil(60_000);
    expect(outcomes).toEqual(['answered']);
  });
});
