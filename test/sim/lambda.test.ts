import { Events } from './events';
import { Lambda } from './lambda';
import { dublin } from './settings';

function world(work: (sleep: (ms: number) => Promise<void>, environment: string) => Promise<void>) {
  const events = new Events(0);
  const endings: string[] = [];
  const lambda = new Lambda(events, {
    region: dublin,
    role: 'prober',
    timeoutMs: 1_000,
    boot: (environment) => () => work((ms) => new Promise((resolve) => void events.in(ms, () => environment.deliver(resolve))), environment.bootId),
  });
  lambda.onBadEnding = ({ how, detail }) => endings.push(`${how}: ${detail.split('\n')[0]}`);
  return { events, lambda, endings };
}

describe('a function', () => {
  it('reuses a warm environment, and boots another one while that is busy', async () => {
    const used: string[] = [];
    const { events, lambda } = world(async (sleep, environment) => {
      used.push(environment);
      await sleep(100);
    });
    lambda.invoke({});
    lambda.invoke({});
    await events.runUntil(500);
    lambda.invoke({});
    await events.runUntil(1_000);
    expect(used).toEqual(['eu-west-1/prober/1', 'eu-west-1/prober/2', 'eu-west-1/prober/1']);
  });

  it('is killed at its deadline, does not go on, and leaves no warm environment', async () => {
    const steps: string[] = [];
    const { events, lambda, endings } = world(async (sleep, environment) => {
      steps.push(`${environment} begins`);
      await sleep(5_000);
      steps.push(`${environment} goes on`);
    });
    lambda.invoke({});
    await events.runUntil(10_000);
    lambda.invoke({});
    await events.runUntil(10_500);
    expect(steps).toEqual(['eu-west-1/prober/1 begins', 'eu-west-1/prober/2 begins']);
    expect(endings).toEqual(['killed-at-deadline: after 1000 ms']);
  });

  it('that throws is told of, and stays warm', async () => {
    const { events, lambda, endings } = world(async (sleep) => {
      await sleep(10);
      throw new Error('a bug');
    });
    lambda.invoke({});
    await events.runUntil(5_000);
    expect(endings).toEqual(['threw: Error: a bug']);
  });

  it('whose region goes dark never continues, and is no bad ending', async () => {
    const steps: string[] = [];
    const { events, lambda, endings } = world(async (sleep) => {
      await sleep(500);
      steps.push('went on');
    });
    lambda.invoke({});
    await events.runUntil(100);
    lambda.killAll();
    await events.runUntil(10_000);
    expect({ steps, endings }).toEqual({ steps: [], endings: [] });
  });
});
