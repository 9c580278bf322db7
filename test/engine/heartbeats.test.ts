import { type Instant, instant } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead } from '../../src/core/beat';
import type { HeartbeatTimes } from '../../src/core/config/kinds/heartbeat/probe';
import { takePing } from '../../src/engine/inbox';
import { runProber } from '../../src/engine/invocation';
import { at, config, monitor, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const token = 'f00dfeed-0123-4567-89ab';
const calls = (times: HeartbeatTimes = { kind: 'every', everyMs: 3 * minute }) =>
  config({
    regions: { probers: [west] },
    beatIntervalMs: minute,
    monitors: [
      monitor({ id: 'backup' as never, intervalMs: minute, downAfter: 1, upAfter: 1, probe: { kind: 'heartbeat', token, times, graceMs: minute } }),
      monitor({ intervalMs: minute, hash: '00000000000b' as never }),
    ],
  });

async function round(small: SmallWorld, now: Instant): Promise<void> {
  small.now = now;
  await runProber({ scheduledTime: isoTime(now) }, { ...small.world, invocation: timeLeft(small, 10 * second) });
}

async function rounds(small: SmallWorld, from: string, to: string): Promise<void> {
  for (let now = at(from); now <= at(to); now = instant(now + minute)) await round(small, now);
}

async function call(small: SmallWorld, time: string, suffix = ''): Promise<void> {
  small.now = at(time);
  const { clock, replica, diary } = small.world.ports;
  const { region, config: known } = small.world.self;
  await takePing({ region, config: known, clock, replica, diary }, { method: 'GET', path: `/ping/${token}${suffix}`, body: '', name: time });
}

const head = (small: SmallWorld) =>
  small.stores
    .get(west)!
    .all()
    .flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []))[0]!;
const marks = (small: SmallWorld) =>
  small.stores
    .get(west)!
    .all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []))
    .sort((one, other) => one.slot - other.slot)
    .map((beat) => beat.marks[0]!.outcome)
    .join(' ');
/** No watchdog runs here, which is told as well. */
const subjects = (small: SmallWorld) => small.published.map(({ message }) => message.subject).filter((subject) => !subject.includes('watchdog:'));
const jobsTold = (small: SmallWorld) => subjects(small).filter((subject) => subject.includes('backup'));

describe('a monitor that calls us', () => {
  it('is never probed, and counts neither as expected nor as covered', async () => {
    const small = smallWorld({ config: calls() });
    const probed: string[] = [];
    const attempt = small.seen;
    small.seen = (id, timeoutMs) => {
      probed.push(id);
      return attempt(id, timeoutMs);
    };
    await round(small, at('08:00'));
    expect(probed).toEqual(['shop']);
    expect(head(small)).toMatchObject({ covered: 1, expected: 1 });
  });

  it('is nothing until it calls, whoever waits', async () => {
    const small = smallWorld({ config: calls() });
    await rounds(small, '08:00', '08:20');
    expect(marks(small)).toBe(Array(21).fill('idle').join(' '));
    expect(subjects(small)).toEqual([]);
  });

  it('is up from its first call, is missed at its deadline, and is told once and as over', async () => {
    const small = smallWorld({ config: calls() });
    await round(small, at('08:00'));
    await call(small, '08:00:30');
    await rounds(small, '08:01', '08:07');
    expect(marks(small)).toBe('idle ok ok ok ok failed failed failed');
    expect(head(small).samples[0]).toMatchObject({
      reason: 'heartbeat-late',
      detail: 'no ping by 2026-11-21 08:04:30 UTC, due at 2026-11-21 08:03:30 UTC, grace 1 min; last ping at 2026-11-21 08:00:30 UTC',
    });
    await call(small, '08:07:30');
    await round(small, at('08:08'));
    expect(subjects(small)).toEqual(['PAGE backup is DOWN (single witness)', expect.stringContaining('backup is up again')]);
  });

  it('is told at once where it says that it failed', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30', '/1');
    await round(small, at('08:01'));
    expect(subjects(small)).toHaveLength(1);
    expect(head(small).samples[0]).toMatchObject({ reason: 'heartbeat-failed', detail: 'it ended with 1, wanted 0 at 2026-11-21 08:00:30 UTC' });
  });

  it('is judged by a calendar', async () => {
    const small = smallWorld({ config: calls({ kind: 'cron', cron: '*/5 * * * *', timezone: 'Europe/Lisbon' }) });
    await call(small, '08:00:10');
    await rounds(small, '08:01', '08:07');
    expect(marks(small)).toBe('ok ok ok ok ok failed failed');
  });
});

describe('while the inbox is dark', () => {
  it('nothing is known, nobody is told, and a whole period passes with it at work before anybody is missed', async () => {
    const small = smallWorld({ config: calls() });
    await rounds(small, '08:00', '08:00');
    await call(small, '08:00:30');
    await rounds(small, '08:01', '08:02');
    small.inbox = () => false;
    await rounds(small, '08:03', '08:08');
    small.inbox = () => true;
    await rounds(small, '08:09', '08:14');
    expect(marks(small)).toBe(`idle ok ok ${Array(10).fill('skipped').join(' ')} failed failed`);
    expect(jobsTold(small)).toHaveLength(1);
  });

  it('a job that is well says so again by itself', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30');
    await rounds(small, '08:01', '08:02');
    small.inbox = () => false;
    await rounds(small, '08:03', '08:08');
    small.inbox = () => true;
    await rounds(small, '08:09', '08:09');
    await call(small, '08:09:30');
    await rounds(small, '08:10', '08:11');
    expect(marks(small)).toBe(`ok ok ${Array(7).fill('skipped').join(' ')} ok ok`);
    expect(jobsTold(small)).toEqual([]);
  });

  it('its prober was dark as well: the time in between is no evidence either', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30');
    await rounds(small, '08:01', '08:02');
    await rounds(small, '08:08', '08:09');
    expect(marks(small)).toBe('ok ok skipped skipped');
    expect(jobsTold(small)).toEqual([]);
  });

  it('a machine that slept knows nothing of that time, however short it was', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30');
    await rounds(small, '08:01', '08:03');
    small.sleptMs = 90 * second;
    await rounds(small, '08:05', '08:05');
    expect(marks(small)).toBe('ok ok ok skipped');
  });

  it('no job is told, however long that lasts', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30');
    small.inbox = () => false;
    await rounds(small, '08:01', '08:30');
    expect(jobsTold(small)).toEqual([]);
  });

  it('it is told itself where its prober is at work, as a prober that leaves out who calls', async () => {
    const small = smallWorld({ config: calls() });
    await rounds(small, '08:00', '08:02');
    small.inbox = () => false;
    await rounds(small, '08:03', '08:09');
    expect(subjects(small)).toEqual(['PAGE prober:eu-west-1 SKIPS monitors (single witness)']);
    expect(small.published.map(({ message }) => message.text).join()).toContain('its inbox takes no pings: 1 of 2 monitors call in vain');
    small.inbox = () => true;
    await rounds(small, '08:10', '08:11');
    expect(subjects(small)).toContainEqual(expect.stringMatching(/covers every monitor again/));
  });

  it('one try that fails is tried again', async () => {
    const small = smallWorld({ config: calls() });
    await call(small, '08:00:30');
    let tries = 0;
    small.inbox = () => {
      tries += 1;
      return tries % 2 === 0;
    };
    await rounds(small, '08:01', '08:03');
    expect(marks(small)).toBe('ok ok ok');
  });
});

it('pings that cannot be read say nothing of the job', async () => {
  const small = smallWorld({ config: calls() });
  await call(small, '08:00:30');
  small.refusing.replicas.add(west);
  await rounds(small, '08:01', '08:10');
  expect(jobsTold(small)).toEqual([]);
});
