import { monitorId, type RegionId } from '../../src/core/basics/brand';
import { hour, minute, parseTime, second } from '../../src/core/basics/time';
import { claimKey, type Item, onlyShard } from '../../src/core/table';
import { type Ports, Refused } from '../../src/engine/ports';
import type { Engine } from './engine';
import { type Fault, sayFault } from './faults';
import { inflict } from './inflict';
import { dublin, frankfurt, ohio, smallConfig } from './settings';
import { startsAt, World } from './world';

type Body = (what: {
  readonly ports: Ports;
  readonly event: { readonly scheduledTime?: string | undefined };
  readonly note: (text: string) => void;
}) => Promise<unknown>;
type WithoutTimes<F> = F extends Fault ? Omit<F, 'begins' | 'ends'> : never;

const times = { begins: 3 * minute - 10 * second, ends: 5 * minute - 10 * second };

/** What the prober of Dublin noted before, during and after a fault, when it does this each minute. */
async function notesOf(fault: WithoutTimes<Fault>, body: Body, role: 'prober' | 'watchdog' = 'prober') {
  const notes: { readonly at: number; readonly text: string }[] = [];
  const engine: Engine =
    ({ region, role: mine }, ports) =>
    async (event) =>
      region === dublin && mine === role ? body({ ports, event, note: (text) => notes.push({ at: world.elapsedMs, text }) }) : 'elsewhere';
  const world = new World({ seed: 1, config: smallConfig({ monitors: 2, beatMs: minute }), engine });
  inflict({ ...fault, ...times } as Fault, world);
  await world.runUntil(8 * minute);
  const within = (from: number, to: number): readonly string[] => notes.filter(({ at }) => at >= from && at < to).map(({ text }) => text);
  return { before: within(0, times.begins), during: within(times.begins, times.ends), after: within(times.ends + minute, 8 * minute), world };
}

const only = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
const inDublin = { region: dublin } as const;
const item = (seq: number): Item => ({ ...claimKey(dublin, onlyShard), seq });

const said = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    (answer) => (typeof answer === 'string' ? answer : 'answered'),
    (error: Error) => (error instanceof Refused ? 'refused' : 'failed'),
  );
const either = (asking: Promise<unknown>, ports: Ports): Promise<string> =>
  Promise.race([said(asking), ports.clock.timer(10 * second).done.then(() => 'no answer')]);

const read =
  (of: RegionId): Body =>
  async ({ ports, note }) =>
    note(await either(ports.replica(of).get([claimKey(of, onlyShard)]), ports));
const told = { kind: 'opened', incident: 'one', key: 'k', subject: 's', family: 'watch', condition: 'silent', severity: 'page', certainty: 'confirmed' };
const message = { subject: 'hello', text: '', json: JSON.stringify(told) };
const publish: Body = async ({ ports, note }) =>
  note(
    await either(
      ports.topics.publish(dublin, message).then(() => 'accepted'),
      ports,
    ),
  );
const tellOutside: Body = async ({ ports, note }) => {
  const pinged = await ports.outside.ping(`https://switch.example/${dublin}`, 5 * second);
  note(pinged.kind === 'taken' ? 'taken' : pinged.reason.split(':')[0]!);
};
const clock: Body = async ({ ports, event, note }) => note(`${Math.round((ports.clock.now() - Number(parseTime(event.scheduledTime))) / minute)} min`);
const run: Body = async ({ note }) => note('ran');
const probe =
  (id: string): Body =>
  async ({ ports, note }) => {
    const monitor = { ...smallConfig({ monitors: 1, beatMs: minute }).monitors[0]!, id: monitorId(id) };
    note((await ports.prober.attempt(monitor, 5 * second)).reason);
  };

interface Row {
  readonly fault: WithoutTimes<Fault>;
  readonly body: Body;
  readonly well: string;
  readonly during: readonly string[];
}

const rows: readonly Row[] = [
  { fault: { kind: 'schedule-stopped', role: 'prober', ...inDublin }, body: run, well: 'ran', during: [] },
  { fault: { kind: 'isolated', others: [ohio, frankfurt], ...inDublin }, body: read(ohio), well: 'answered', during: ['no answer'] },
  { fault: { kind: 'isolated', others: [ohio, frankfurt], ...inDublin }, body: read(dublin), well: 'answered', during: ['answered'] },
  { fault: { kind: 'topic-failing', ...inDublin }, body: publish, well: 'accepted', during: ['failed'] },
  { fault: { kind: 'outside-failing', how: 'refuses', ...inDublin }, body: tellOutside, well: 'taken', during: ['status'] },
  { fault: { kind: 'outside-failing', how: 'hangs', ...inDublin }, body: tellOutside, well: 'taken', during: ['first-byte-timeout'] },
  { fault: { kind: 'isolated', others: [ohio, frankfurt], ...inDublin }, body: tellOutside, well: 'taken', during: ['first-byte-timeout'] },
  { fault: { kind: 'names-gone', ...inDublin }, body: tellOutside, well: 'taken', during: ['dns-error'] },
  { fault: { kind: 'credentials-revoked', ...inDublin }, body: read(ohio), well: 'answered', during: ['refused'] },
  { fault: { kind: 'credentials-revoked', ...inDublin }, body: publish, well: 'accepted', during: ['refused'] },
  { fault: { kind: 'credentials-revoked', ...inDublin }, body: probe('service-001'), well: 'ok', during: ['ok'] },
  { fault: { kind: 'names-gone', ...inDublin }, body: probe('service-001'), well: 'ok', during: ['dns-error'] },
  { fault: { kind: 'names-gone', ...inDublin }, body: probe('canary-must-answer'), well: 'ok', during: ['dns-error'] },
  { fault: { kind: 'names-gone', ...inDublin }, body: read(ohio), well: 'answered', during: ['answered'] },
  { fault: { kind: 'skipping', monitors: [monitorId('service-001')], ...inDublin }, body: probe('service-001'), well: 'ok', during: ['prober-error'] },
  { fault: { kind: 'skipping', monitors: [monitorId('service-001')], ...inDublin }, body: probe('service-002'), well: 'ok', during: ['ok'] },
  { fault: { kind: 'bad-deploy', deploy: 'throws', ...inDublin }, body: run, well: 'ran', during: [] },
  { fault: { kind: 'bad-deploy', deploy: 'hangs', ...inDublin }, body: run, well: 'ran', during: [] },
  { fault: { kind: 'bad-deploy', deploy: 'lies-up', ...inDublin }, body: probe('canary-must-refuse'), well: 'connect-refused', during: ['ok'] },
  { fault: { kind: 'bad-deploy', deploy: 'lies-down', ...inDublin }, body: probe('service-001'), well: 'ok', during: ['protocol'] },
  { fault: { kind: 'clock-skewed', byMs: 5 * minute, ...inDublin }, body: clock, well: '0 min', during: ['5 min'] },
  ...(['throttled', 'broken'] as const).map(
    (how): Row => ({
      fault: { kind: 'table-failing', trouble: { how, calls: 'reads', probability: 1 }, ...inDublin },
      body: read(dublin),
      well: 'answered',
      during: [how === 'throttled' ? 'refused' : 'failed'],
    }),
  ),
  {
    fault: { kind: 'table-failing', trouble: { how: 'broken', calls: 'writes', probability: 1 }, ...inDublin },
    body: read(dublin),
    well: 'answered',
    during: ['answered'],
  },
];

describe('a fault', () => {
  it.each(rows.map((row) => [sayFault({ ...row.fault, ...times } as Fault), row] as const))('%s: does that, and only while it lasts', async (_said, row) => {
    const { before, during, after } = await notesOf(row.fault, row.body);
    expect({ before: only(before), during: only(during), after: only(after) }).toEqual({ before: [row.well], during: row.during, after: [row.well] });
  });

  it('of a watchdog that is dead kills its invocations as they begin', async () => {
    const { during, after } = await notesOf({ kind: 'watchdog-dead', ...inDublin }, run, 'watchdog');
    expect([during, only(after)]).toEqual([[], ['ran']]);
  });

  it.each([false, true])('of a prober that hangs, deaf %s, lets it claim and never go on', async (isDeaf) => {
    let slot = 0;
    const claimed: Body = async ({ ports, note }) => {
      slot += 1;
      note('began');
      await ports.replica(dublin).putIfNewer(item(slot));
      note('went on');
    };
    const { during, after, world } = await notesOf({ kind: 'prober-hung', isDeaf, ...inDublin }, claimed);
    expect([only(during), only(after)]).toEqual([['began'], ['began', 'went on']]);
    expect(world.table.stores.get(dublin)?.get(item(0))?.seq).toBe(slot);
  });

  it.each([
    [false, 'answered'],
    [true, 'no answer'],
  ])('of a prober that hangs, deaf %s, leaves a poke: %s', async (isDeaf, answer) => {
    const answers: string[] = [];
    const config = smallConfig({ monitors: 1, beatMs: minute });
    const world = new World({ seed: 1, config, engine: pokedBy(ohio, (heard) => answers.push(heard)) });
    inflict({ kind: 'prober-hung', isDeaf, ...inDublin, ...times }, world);
    await world.runUntil(8 * minute);
    expect(only(answers.slice(0, 2))).toEqual(['answered']);
    expect(answers[3]).toBe(answer);
    expect(answers.at(-1)).toBe('answered');
  });

  it('of late events brings one of so long ago, beside the punctual ones', async () => {
    const { before, during, after } = await notesOf({ kind: 'late-invocations', role: 'prober', lateMs: 6 * hour, isOnly: false, ...inDublin }, clock);
    expect([only(before), [...only(during)].sort(), only(after)]).toEqual([['0 min'], ['0 min', '361 min'], ['0 min']]);
  });

  it('of duplicates brings each event twice', async () => {
    const { before, during } = await notesOf({ kind: 'duplicate-invocations', role: 'prober', afterMs: 2 * second, ...inDublin }, async ({ event, note }) =>
      note(String(event.scheduledTime)),
    );
    expect(only(before)).toEqual(before);
    expect(during.length).toBe(2 * only(during).length);
  });

  it('of crashes ends an invocation at the await after so many answers', async () => {
    const steps: Body = async ({ ports, note }) => {
      for (let step = 1; step <= 4; step += 1) {
        await ports.clock.timer(second).done;
        note(`step ${step}`);
      }
    };
    const { during, after } = await notesOf({ kind: 'crashes', role: 'prober', afterAnswers: [2, 0], ...inDublin }, steps);
    expect(during).toEqual(['step 1', 'step 2']);
    expect(after.slice(-4)).toEqual(['step 1', 'step 2', 'step 3', 'step 4']);
  });

  it('of a topic that drops accepts the message, and the world knows that nobody got it', async () => {
    const { world } = await notesOf({ kind: 'topic-dropping', ...inDublin }, async ({ ports }) => ports.topics.publish(dublin, message));
    const delivered = (from: number, to: number) =>
      only(world.history.announced.filter(({ at }) => at >= from && at < to).map((one) => String(one.isDelivered)));
    expect([delivered(0, times.begins), delivered(times.begins, times.ends), delivered(times.ends, 8 * minute)]).toEqual([['true'], ['false'], ['true']]);
  });

  it('of a table whose answers are lost does the write, and says that it failed', async () => {
    let seq = 0;
    const write: Body = async ({ ports, note }) => {
      seq += 1;
      note(await either(ports.replica(dublin).put(item(seq)), ports));
    };
    const { during, world } = await notesOf({ kind: 'table-failing', trouble: { how: 'answer-lost', calls: 'writes', probability: 1 }, ...inDublin }, write);
    expect(only(during)).toEqual(['failed']);
    expect(world.table.stores.get(dublin)?.get(item(0))?.seq).toBe(seq);
  });

  it('of a slow table answers after seconds', async () => {
    const slow: Body = async ({ ports, note }) => {
      const asked = ports.clock.now();
      await ports.replica(dublin).get([]);
      note(ports.clock.now() - asked >= 3 * second ? 'slow' : 'quick');
    };
    const { before, during } = await notesOf({ kind: 'table-failing', trouble: { how: 'slow', calls: 'all', probability: 1 }, ...inDublin }, slow);
    expect([only(before), only(during)]).toEqual([['quick'], ['slow']]);
  });

  it('of a stepping clock moves it to and fro, and leaves it right', async () => {
    const world = new World({ seed: 1, config: smallConfig({ monitors: 1, beatMs: minute }), engine: () => async () => undefined });
    const usual = world.clocks.read(dublin) - world.events.now;
    inflict({ kind: 'clock-stepping', byMs: minute, everyMs: 20 * second, ...inDublin, ...times }, world);
    const seen: number[] = [];
    for (let at = times.begins + second; at < times.begins + minute; at += 20 * second) {
      await world.runUntil(at);
      seen.push(world.clocks.read(dublin) - world.events.now - usual);
    }
    await world.runUntil(times.ends + second);
    expect([seen, world.clocks.read(dublin) - world.events.now - usual]).toEqual([[minute, 0, minute], 0]);
  });

  it('of disordered replication lets later items arrive first', async () => {
    let written = 0;
    const engine: Engine =
      ({ region, role }, ports) =>
      async () => {
        if (region !== dublin || role !== 'prober') return;
        for (let count = 0; count < 20; count += 1) {
          written += 1;
          await ports.replica(dublin).put({ pk: `LIST#${dublin}`, sk: String(written).padStart(3, '0') });
          await ports.clock.timer(second).done;
        }
      };
    const world = new World({ seed: 1, config: smallConfig({ monitors: 1, beatMs: minute }), engine });
    inflict({ kind: 'replication-disordered', directions: [{ from: dublin, to: ohio }], upToMs: minute, begins: 0, ends: minute }, world);
    await world.runUntil(25 * second);
    const arrived = (region: RegionId) =>
      world.table.stores
        .get(region)
        ?.query(`LIST#${dublin}`, '000', '999')
        .map(({ sk }) => Number(sk)) ?? [];
    expect(arrived(frankfurt)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(Math.max(...arrived(ohio))).toBeGreaterThan(arrived(ohio).length);
  });
});

/** Dublin's prober claims a slot; the prober of another region pokes it each minute. */
const pokedBy =
  (poker: RegionId, onAnswer: (answer: string) => void): Engine =>
  ({ region, role }, ports) =>
  async (event) => {
    if (role !== 'prober') return;
    if (region === dublin && !('poke' in event)) await ports.replica(dublin).putIfNewer(item(1 + Math.floor((ports.clock.now() - startsAt) / second)));
    if (region === poker) onAnswer(await either(ports.pokes.poke(dublin, 'n'), ports));
  };
