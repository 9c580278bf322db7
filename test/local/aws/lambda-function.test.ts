import type { EnvironmentState } from '../../../local/aws/environment';
import type { Invocation } from '../../../local/aws/invocation';
import { LambdaFunction, type Place } from '../../../local/aws/lambda-function';
import { eventually } from '../eventually';

describe('a function and its environments', () => {
  const places: TestPlace[] = [];
  let now = 0;
  let errors: string[] = [];
  const open = () => {
    const place = new TestPlace();
    places.push(place);
    return place;
  };
  const define = () => new LambdaFunction({ name: 'f', now: () => now, spareIdleMs: 20, open, onFailure: (error) => errors.push(error) });

  beforeEach(() => {
    places.length = 0;
    now = 1000;
    errors = [];
  });

  it('gives each waiting invocation to the environment started for it', () => {
    const f = define();
    for (const payload of ['1', '2']) void f.invoke(payload);
    for (const place of places) place.comesForWork(f);
    expect(places.map(({ given }) => given)).toEqual([['1'], ['2']]);
  });

  it('waits for an environment that is about to come back instead of starting another', () => {
    const f = define();
    void f.invoke('1');
    places[0]?.comesForWork(f);
    places[0]!.state = 'returning';
    void f.invoke('2');
    places[0]?.comesForWork(f);
    expect(places.map(({ given }) => given)).toEqual([['1', '2']]);
  });

  it('drops an event that waited for more than a minute', async () => {
    const f = define();
    const outcome = f.invoke('1');
    now += 60_001;
    places[0]?.comesForWork(f);
    expect(await outcome).toMatchObject({ kind: 'failed' });
    expect(places[0]?.given).toEqual([]);
    expect(errors).toEqual(['EventAgeExceeded: the event waited for more than 60 s and was dropped']);
  });

  it('ends spare environments that stay idle, and keeps the last one', async () => {
    const f = define();
    for (const payload of ['1', '2', '3']) void f.invoke(payload);
    for (const place of places) place.comesForWork(f);
    for (const place of places) place.comesForWork(f);
    await eventually(() => (f.views().length === 1 ? true : undefined));
    expect(places.map(({ state }) => state).sort()).toEqual(['ended', 'ended', 'idle']);
  });

  it('turns callers away only when every environment it may have is at work', () => {
    const f = define();
    for (let n = 0; n < 12; n += 1) void f.invoke(String(n));
    expect(places).toHaveLength(10);
    expect(f.isThrottled).toBe(true);
    for (let turn = 0; turn < 2; turn += 1) for (const place of places) place.comesForWork(f);
    expect(f.isThrottled).toBe(false);
  });

  class TestPlace implements Place {
    readonly pid = 0;
    readonly given: string[] = [];
    state: EnvironmentState = 'loading';
    invocations = 0;
    #owner: LambdaFunction | undefined;

    comesForWork(owner: LambdaFunction): void {
      this.#owner = owner;
      this.state = 'idle';
      owner.onIdle(this);
    }
    give(invocation: Invocation): void {
      this.state = 'busy';
      this.invocations += 1;
      this.given.push(String(invocation.payload));
    }
    freeze(): void {}
    end(): void {
      this.state = 'ended';
      this.#owner?.onEnd(this, undefined);
    }
  }
});
