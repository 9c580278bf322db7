import { instant } from '../../src/core/basics/brand';
import { hour, isoTime, minute, second } from '../../src/core/basics/time';
import { runProber } from '../../src/engine/invocation';
import type { Replica } from '../../src/engine/ports';
import { append } from '../../src/engine/region-log';
import { answerWidget } from '../../src/engine/widget';
import { at, config, monitor, opened, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

/** A region has written a beat and an open incident. */
async function written(): Promise<SmallWorld> {
  const small = smallWorld({ config: everyMinute });
  await append(small.world, opened({ evidence: { [west]: 0 as never } }));
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, 10_000) });
  return small;
}

/** As it is drawn, without its style. */
const look = async ({ world }: SmallWorld, replica: Replica = world.ports.replica(west), event = {}): Promise<string> =>
  (await answerWidget({ region: west, config: everyMinute, clock: world.ports.clock, replica }, event)).replace(/<style>[\s\S]*<\/style>/, '');

it('draws the verdict, what is open, and the last day of what the replica at home has', async () => {
  const drawn = await look(await written());
  expect(drawn).toContain('<h1>shop is down, seen by one region alone,');
  expect(drawn).toContain('docs/runbook.md#monitor-down');
  expect(drawn).toContain('tw-bar-unknown');
  expect(drawn).toContain('As the replica in eu-west-1 has it, read at 2026-11-21 00:10:');
  expect(drawn).not.toContain('tw-unread');
});

it('describes itself in markdown, and reads nothing for that', async () => {
  const never: Replica = { ...(await written()).world.ports.replica(west), get: () => Promise.reject(new Error('it read')) };
  const described = await answerWidget({ region: west, config: everyMinute, clock: smallWorld().world.ports.clock, replica: never }, { describe: true });
  expect(described).toMatch(/^## twinwatch\n[\s\S]*never green/);
});

it.each([
  ['dark', 'tw-theme-dark'],
  ['light', 'tw-theme-light'],
  ['<script>', 'tw-theme-light'],
  [undefined, 'tw-theme-light'],
])('is drawn for the theme %j of the console', async (theme, drawn) => {
  expect(await look(await written(), undefined, { widgetContext: { theme } })).toContain(drawn);
});

it('says that the table does not answer, and shows nothing as good', async () => {
  const small = await written();
  small.refusing.replicas.add(west);
  const drawn = await look(small);
  expect(drawn).toContain('Nothing is known here: the table in eu-west-1 could not be read');
  expect(drawn).toContain('What another region knows is in its own widget.');
  expect(drawn).not.toMatch(/tw-(up|bar-up)/);
});

it('does not wait for a table that hangs', async () => {
  const small = await written();
  const hanging: Replica = { ...small.world.ports.replica(west), query: () => new Promise(() => undefined) };
  const begunAt = small.now;
  expect(await look(small, hanging)).toContain('did not answer in time');
  expect(small.now - begunAt).toBeLessThan(5 * second);
});

it('says that the last day is missing where only that cannot be read, and shows the rest', async () => {
  const small = await written();
  const replica = small.world.ports.replica(west);
  const forgetful: Replica = {
    ...replica,
    query: (pk, from, to) => (pk.startsWith('BEAT#') ? Promise.reject(new Error('<too much>')) : replica.query(pk, from, to)),
  };
  const drawn = await look(small, forgetful);
  expect(drawn).toContain('<h1>shop is down');
  expect(drawn).toContain('Not all of the last 24 hours could be read (&lt;too much&gt;): what is missing is drawn as not watched.');
});

it('old news is not young because somebody looks for the first time, or again', async () => {
  const small = await written();
  small.seen = () => ({ reason: 'ok' }) as never;
  small.now = instant(at('00:10') + hour);
  for (const time of ['first', 'again']) {
    const drawn = await look(small);
    expect([time, drawn.includes('<b class="tw-unknown">unknown</b>'), /<div class="tw-head tw-unknown">/.test(drawn)]).toEqual([time, true, true]);
    expect(drawn).toContain('last beat 1 h ago');
    small.now = instant(small.now + 5 * second);
  }
});
