/** Targets that are broken as they are asked to be, and the receiver that keeps what is said of them. */
import { setTimeout as pause } from 'node:timers/promises';
import { readers } from '../../../bench/page/messages';
import { openReceiver } from '../../../bench/page/receiver';
import { openTargets, type Target } from '../../../bench/page/targets';

const ask = (target: Target): Promise<number | string> =>
  fetch(target.urlFor('a tool')).then(
    ({ status }) => status,
    (error: Error) => (error.cause as { readonly code: string }).code,
  );

describe('a target', () => {
  let targets: readonly Target[] = [];
  beforeEach(async () => {
    targets = await openTargets(['m0', 'm1']);
  });
  afterEach(() => {
    for (const target of targets) target.close();
  });

  it('counts who asks, and fails with status 500 while it is told to, alone', async () => {
    const [broken, other] = targets as [Target, Target];
    broken.breakAs('500');
    expect([await ask(broken), await ask(other)]).toEqual([500, 200]);
    await broken.mend();
    expect([await ask(broken), broken.timesAsked('a tool'), broken.timesAsked('another')]).toEqual([200, 2, 0]);
  });

  it('refuses, and listens on the same port again', async () => {
    const [target] = targets as [Target];
    target.breakAs('refused');
    expect(await ask(target)).toBe('ECONNREFUSED');
    await target.mend();
    expect(await ask(target)).toBe(200);
  });

  it('hangs, and answers those who still wait when it is mended', async () => {
    const [target] = targets as [Target];
    target.breakAs('hung');
    const asking = ask(target);
    expect(await Promise.race([asking, pause(100, 'still waiting')])).toBe('still waiting');
    await target.mend();
    expect(await asking).toBe(200);
  });
});

describe('the receiver', () => {
  it('reads the messages of each tool under a path of its own, and keeps those that nobody can read', async () => {
    const receiver = await openReceiver();
    const hook = receiver.urlFor('gatus every 10 s', readers.gatus());
    await fetch(hook, { method: 'POST', body: '{"target":"m1","state":"TRIGGERED"}' });
    const answer = await fetch(`${hook}/v2/enqueue`, { method: 'POST', body: 'no JSON' });
    receiver.close();
    expect(answer.status).toBe(202);
    expect(receiver.heard).toEqual([{ tool: 'gatus every 10 s', target: 'm1', state: 'down', atMs: expect.any(Number) }]);
    expect(receiver.unreadable).toEqual(['gatus every 10 s: no JSON']);
  });
});
