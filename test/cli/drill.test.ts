import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judged } from '../../cli/drill/judged';
import { localApi } from '../../cli/drill/local-api';
import type { Outcome } from '../../cli/drill/outcome';
import type { Plan } from '../../cli/drill/plan';
import { type Asked, clockPlan, cutPlan, regionalPlan } from '../../cli/drill/plans';
import { runPlan } from '../../cli/drill/run-plan';
import type { AnnouncementView } from '../../src/core/views';
import { now, StubSystem } from './stub-system';

let stub: StubSystem;
let said: string[];
let onSaid: () => void;
beforeEach(async () => {
  stub = new StubSystem();
  said = [];
  onSaid = () => undefined;
  await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  stub.server.closeAllConnections();
  stub.server.close();
});

async function run(planOf: (asked: Asked) => Plan, forMs?: number, lateMs = 100): Promise<Outcome> {
  const api = localApi(stub.port);
  const local = await api.local();
  const pace = { lookMs: 10, wordMs: 30 };
  const say = (text: string) => {
    said.push(text);
    onSaid();
  };
  const driving = { api, local, pace, say, onBegun: () => undefined, lateMs, afterMs: 60 };
  return judged(await runPlan(planOf({ local, forMs }), driving), local);
}

const kill = (region = 'us-east-2', forMs?: number) => run((asked) => regionalPlan('kill', region, asked), forMs);
const cut = () => run((asked) => cutPlan({ from: 'eu-west-1', to: 'us-east-2', both: true }, asked), 100);

describe('a drill that must be told', () => {
  it('succeeds when it is told in time, and waits until its end is told', async () => {
    stub.promise({ darkMs: 5000, healedMs: 5000 });
    stub.onBegun = () => setTimeout(() => stub.announce({}), 50);
    stub.onEnded = () => setTimeout(() => stub.announce({ kind: 'resolved' }), 50);
    const { exitCode, json, lines } = await kill();
    expect(exitCode).toBe(0);
    expect(stub.order).toEqual({ kind: 'kill', region: 'us-east-2' });
    expect(json).toMatchObject({ drill: 'kill', on: 'us-east-2', ok: true, told: true, by: 'eu-west-1', boundMs: 5000, countedFrom: 'fault' });
    expect(json.afterMs).toBeGreaterThan(0);
    expect(json.afterMs).toBeLessThan(5000);
    expect(json.resolvedAfterMs).toBeGreaterThan(0);
    expect(lines[0]).toMatch(/^eu-west-1 told it \d\.\d s \(bound 5\.0 s\): us-east-2 is SILENT$/);
    expect(lines[1]).toMatch(/^that it is over was told \d\.\d s after the undoing/);
    expect(stub.ends).toBe(1);
  });

  it('fails when it is told too late, and says how late', async () => {
    stub.onBegun = () => setTimeout(() => stub.announce({}), 430);
    stub.onEnded = () => stub.announce({ kind: 'resolved' });
    const { exitCode, lines, json } = await run((asked) => regionalPlan('kill', 'us-east-2', asked), undefined, 5000);
    expect(exitCode).toBe(1);
    expect(json.told).toBe(true);
    expect(lines[0]).toContain('TOO LATE, bound 0.4 s');
  });

  it('fails when nobody tells it, and is undone all the same', async () => {
    const late = [{ observer: 'eu-west-1', subject: 'us-east-2', state: 'late' }];
    stub.onBegun = () => stub.sayOf(late);
    const { exitCode, lines, json } = await kill();
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ ok: false, told: false, by: null, afterMs: null });
    expect(lines[0]).toMatch(/^nobody told it within \d\.\d s \(bound 0\.4 s\)/);
    expect(said.join('\n')).toContain('eu-west-1 of us-east-2: late');
    expect(stub.ends).toBe(1);
  });

  it('fails when its end is not told', async () => {
    stub.onBegun = () => stub.announce({});
    const { exitCode, lines } = await kill();
    expect(exitCode).toBe(1);
    expect(lines).toContain('that it is over was NOT told');
  });

  it('that ends before it must be told need not be', async () => {
    const { exitCode, lines, json } = await kill('us-east-2', 100);
    expect(exitCode).toBe(0);
    expect(json.told).toBe(false);
    expect(lines[0]).toContain('it was over before it had to be told');
  });

  it.each<[string, Partial<AnnouncementView>, string]>([
    ['was said by the killed region itself', { region: 'us-east-2' }, 'watch'],
    ['is about another subject', { subject: 'shop' }, 'watch'],
    ['is about another prober', { subject: 'prober:eu-west-1' }, 'watch'],
    ['is of another family', {}, 'coverage'],
    ['is no opening', { kind: 'resolved' }, 'watch'],
    ['was said before', { at: '2026-01-01T00:00:00.000Z' }, 'watch'],
    ['no topic has accepted', { receipt: null }, 'watch'],
  ])('does not count what %s', async (_why, changes, family) => {
    stub.onBegun = () => stub.announce(changes, family);
    expect((await kill()).exitCode).toBe(1);
  });

  it('knows an incident by its subject where it has got another name', async () => {
    stub.onBegun = () => {
      stub.announce({ incident: 'merged' });
      Object.assign(stub.status.incidents[0]!, { id: 'other', openedAt: now() });
    };
    stub.onEnded = () => stub.announce({ incident: 'other', kind: 'resolved' });
    expect(await kill()).toMatchObject({ exitCode: 0, json: { told: true } });
  });

  it('counts from the last round where the fault only keeps the next one from coming', async () => {
    stub.promise({ stoppedMs: 3000, lastInvocationMs: 2000, healedMs: 5000 });
    stub.onBegun = () => {
      const lastRoundAt = Date.now() + 150;
      const beat = setInterval(() => {
        const lastBeatAgeMs = Math.max(0, Date.now() - lastRoundAt);
        stub.status.regions = [{ name: 'us-east-2', role: 'prober', lastBeatAgeMs }];
      }, 5);
      setTimeout(() => {
        clearInterval(beat);
        stub.announce({});
      }, 400);
    };
    stub.onEnded = () => {
      stub.status.regions = [{ name: 'us-east-2', role: 'prober', lastBeatAgeMs: 0 }];
      setTimeout(() => stub.announce({ kind: 'resolved' }), 50);
    };
    const { json, exitCode } = await run((asked) => regionalPlan('stop', 'us-east-2', asked));
    expect(json).toMatchObject({ countedFrom: 'last-round', boundMs: 3000 });
    expect(json.afterMs).toBeGreaterThan(150);
    expect(json.afterMs).toBeLessThan(3000);
    expect(exitCode).toBe(0);
  });

  it('of a witness is about its watchdog', async () => {
    stub.onBegun = () => stub.announce({ subject: 'watchdog:eu-central-1', text: 'has STOPPED WATCHING' });
    stub.onEnded = () => stub.announce({ subject: 'watchdog:eu-central-1', kind: 'resolved' });
    expect((await kill('eu-central-1')).exitCode).toBe(0);
  });
});

describe('a drill that may wake nobody', () => {
  it('succeeds when nobody is woken, and says what the watchers said', async () => {
    stub.onBegun = () => stub.sayOf([{ observer: 'eu-west-1', subject: 'us-east-2', state: 'late' }]);
    stub.onEnded = () => stub.sayOf([{ observer: 'eu-west-1', subject: 'us-east-2', state: 'reporting' }]);
    const { exitCode, json, lines } = await cut();
    expect(exitCode).toBe(0);
    expect(json.states).toEqual({ 'eu-west-1 of us-east-2': ['late', 'reporting'] });
    expect(lines).toContain('said by eu-west-1 of us-east-2: late → reporting');
    expect(lines[0]).toContain('nobody was woken: the link of eu-west-1 and us-east-2 is cut');
    expect(stub.ends).toBe(1);
  });

  it.each([
    ['while it goes on', 20],
    ['soon after', 130],
  ])('fails when somebody is woken %s, and counts each incident once', async (_when, afterMs) => {
    stub.announce({ at: '2026-01-01T00:00:00.000Z', incident: 'old' });
    stub.onBegun = () => setTimeout(() => [stub.announce({}), stub.announce({ region: 'us-east-2' })], afterMs);
    const { exitCode, lines, json } = await cut();
    expect(exitCode).toBe(1);
    expect(json.opened).toHaveLength(1);
    expect(lines[0]).toContain('1 incident was announced');
  });
});

describe('a drill waits until all is calm', () => {
  it.each<[string, () => void, () => void, string]>([
    [
      'while a region is doubted',
      () => stub.sayOf(stub.status.watches.map((watch) => ({ ...watch, state: 'late' }))),
      () => stub.sayOf(stub.status.watches.map((watch) => ({ ...watch, state: 'reporting' }))),
      'says of eu-west-1: late',
    ],
    [
      'while an incident is open, which would hide another one',
      () => void stub.status.incidents.push({ subject: 'prober:us-east-2', family: 'watch', state: 'open', openedAt: now(), condition: 'silent' }),
      () => void stub.status.incidents.pop(),
      'an incident about prober:us-east-2 is open',
    ],
    ['while a region is young', () => stub.startedAgo(1500), () => undefined, 'runs for less than 2.0 s'],
  ])('%s', async (_while, disturb, calm, reason) => {
    stub.promise({ calmMs: 2000 });
    disturb();
    onSaid = calm;
    await cut();
    expect(said[0]).toContain('waiting until all is calm');
    expect(said[0]).toContain(reason);
  });

  it('and is refused when there is no calm', async () => {
    stub.status.watches = [];
    await expect(cut()).rejects.toMatchObject({
      name: 'DrillRefused',
      message: expect.stringContaining('it is not calm: us-east-2 says of eu-west-1: nothing'),
    });
    expect(stub.drill).toBeUndefined();
  });
});

describe('a drill that cannot be', () => {
  it('is refused with the regions that there are', async () => {
    const sentence = 'there is no region "mars-1"; there are: eu-west-1, us-east-2, eu-central-1';
    await expect(kill('mars-1')).rejects.toMatchObject({ name: 'DrillRefused', message: sentence });
    await expect(run((asked) => clockPlan({ region: 'mars-1', offMs: 1 }, asked))).rejects.toMatchObject({ message: sentence });
    await expect(run((asked) => regionalPlan('freeze', 'eu-central-1', asked))).rejects.toMatchObject({
      message: 'eu-central-1 is a witness: it has no prober',
    });
    expect(stub.drill).toBeUndefined();
  });

  it('is refused with the reason of the local system', async () => {
    stub.refusal = 'the drill "stop us-east-2" is on; one at a time';
    await expect(kill()).rejects.toMatchObject({ name: 'CannotAsk', message: stub.refusal });
  });

  it('does not wait for calm while another one is on', async () => {
    stub.refusal = 'another one is on';
    stub.status.watches = [];
    stub.local = { ...stub.local, drills: [{}] };
    await expect(kill()).rejects.toMatchObject({ message: stub.refusal });
  });

  it('is lost when twinwatch stops meanwhile', async () => {
    stub.onBegun = () => setTimeout(() => stub.drill?.destroy(), 50);
    await expect(kill()).rejects.toMatchObject({ name: 'DrillLost', message: expect.stringContaining('was stopped during the drill') });
  });

  it('is lost, and not refused, when twinwatch answers no more', async () => {
    stub.onBegun = () => Object.assign(stub, { announcements: undefined });
    await expect(kill()).rejects.toMatchObject({ name: 'DrillLost', message: expect.stringContaining('is undone without this command') });
  });

  it('is lost when twinwatch undoes it by itself, with the reason', async () => {
    stub.onBegun = () => setTimeout(() => stub.endByItself('this machine slept for about 312 s'), 50);
    const message = 'twinwatch ended the drill by itself: this machine slept for about 312 s; it is undone, and shows nothing';
    await expect(kill()).rejects.toMatchObject({ name: 'DrillLost', message });
  });
});

describe('without a local system', () => {
  it('a drill says so, and how to start one', async () => {
    const { port } = stub;
    stub.server.closeAllConnections();
    await new Promise((resolve) => stub.server.close(resolve));
    await expect(localApi(port).local()).rejects.toThrow(`no twinwatch is running on 127.0.0.1:${port}; start it with npm start`);
  });

  it('a drill is not taken in by another server', async () => {
    const other = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(localApi(port).local()).rejects.toThrow(`what answers on 127.0.0.1:${port} is not twinwatch`);
    await new Promise((resolve) => other.close(resolve));
  });
});
