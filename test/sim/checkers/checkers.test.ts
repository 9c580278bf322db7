/** The goal: a checker that nothing can break checks nothing. Each engine here breaks one promise on purpose. */
import { minute, second } from '../../../src/core/basics/time';
import { onlyShard } from '../../../src/core/table';
import type { Ports } from '../../../src/engine/ports';
import type { Engine } from '../engine';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, ohio } from '../settings';
import { at } from '../time-of-story';

/** A story takes a second or two, and longer on a busy machine. */
jest.setTimeout(60_000);

async function brokenBy(engine: Engine, faults: readonly Fault[] = []): Promise<readonly string[]> {
  const { violations } = await runSeed({ seed: 3, engine, faults, monitors: 1, beatMs: minute });
  return [...new Set(violations.map((violation) => violation.promise))].sort();
}

const dark: Fault = { kind: 'region-dark', region: dublin, darkness: 'hangs', begins: at('00:05:00'), ends: at('00:13:00') };
const outage: Fault = {
  kind: 'target-down',
  monitor: 'service-001' as never,
  from: [dublin, ohio],
  symptom: 'status',
  begins: at('00:05:10'),
  ends: at('00:13:00'),
};
const cut: Fault = { kind: 'link-cut', directions: [{ from: dublin, to: ohio }], begins: at('00:05:00'), ends: at('00:06:00') };

/** The real engine, but with other ports. */
const withPorts =
  (change: (ports: Ports) => Partial<Ports>): Engine =>
  (self, ports) =>
    realEngine(self, { ...ports, ...change(ports) });

/** The real engine, and after each invocation one more message. */
const thatAlsoSays =
  (told: Readonly<Record<string, string>>, when = () => true): Engine =>
  (self, ports) => {
    const handler = realEngine(self, ports);
    return async (event, invocation) => {
      await handler(event, invocation);
      const json = { kind: 'opened', incident: 'made-up', family: 'watch', severity: 'page', certainty: 'confirmed', ...told };
      if (self.region === ohio && self.role === 'watchdog' && when()) {
        await ports.topics.publish(ohio, { subject: 'made up', text: '', json: JSON.stringify({ key: `${told.subject}:watch`, ...json }) });
      }
    };
  };

describe('an engine', () => {
  it('that does as it should breaks nothing', async () => {
    expect(await brokenBy(realEngine)).toEqual([]);
  });

  it('that accuses a prober at work breaks S1 and S12', async () => {
    expect(await brokenBy(thatAlsoSays({ subject: 'prober:eu-west-1', condition: 'silent' }))).toEqual(expect.arrayContaining(['S1', 'S12']));
  });

  it('that calls a healthy target down breaks S1', async () => {
    expect(await brokenBy(thatAlsoSays({ subject: 'service-001', condition: 'down' }))).toEqual(expect.arrayContaining(['S1']));
  });

  it('that speaks of a blip breaks S2', async () => {
    expect(await brokenBy(thatAlsoSays({ subject: 'prober:eu-west-1', condition: 'link-lost' }), [cut])).toEqual(expect.arrayContaining(['S2']));
  });

  it('that writes the keys of another region breaks S5', async () => {
    const forger = withPorts(({ replica }) => ({
      replica: (region) => {
        const real = replica(region);
        return { ...real, putIfNewer: (item) => real.putIfNewer({ ...item, pk: item.pk.replace(ohio, dublin) }) };
      },
    }));
    expect(await brokenBy(forger)).toEqual(expect.arrayContaining(['S5']));
  });

  it('that counts backwards breaks S5', async () => {
    const backwards: Engine = (self, ports) => async () => {
      const item = { pk: `CLAIM#${self.region}`, sk: onlyShard, seq: -Math.floor(ports.clock.now() / second) };
      await ports.replica(self.region).put(item);
    };
    expect(await brokenBy(backwards)).toEqual(expect.arrayContaining(['S5']));
  });

  it('that stays mute breaks L1 about a dark region and L3 about a target', async () => {
    const mute = withPorts(() => ({ topics: { publish: async () => 'never sent' } }));
    expect(await brokenBy(mute, [dark])).toContain('L1');
    expect(await brokenBy(mute, [outage])).toContain('L3');
  });

  it('that stays mute breaks L2 when both probers are dark', async () => {
    const mute = withPorts(() => ({ topics: { publish: async () => 'never sent' } }));
    expect(await brokenBy(mute, [dark, { ...dark, region: ohio }])).toContain('L2');
  });

  it('that never says that trouble is over breaks L4', async () => {
    const gloomy = withPorts(({ topics }) => ({
      topics: { publish: async (region, message) => (message.subject.startsWith('RESOLVED') ? 'kept' : topics.publish(region, message)) },
    }));
    expect(await brokenBy(gloomy, [dark])).toContain('L4');
  });

  it('that throws is not orderly, and one that never returns is not either', async () => {
    const thrower: Engine = () => () => Promise.reject(new Error('a bug'));
    const hanger: Engine = () => () => new Promise(() => undefined);
    expect(await brokenBy(thrower)).toContain('orderly');
    expect(await brokenBy(hanger)).toContain('orderly');
  });

  it('that writes beats for rounds long past breaks S6', async () => {
    const late: Engine = (self, ports) => async () => {
      const slot = Math.floor(ports.clock.now() / second) - 600;
      await ports.replica(self.region).put({ pk: `BEAT#${self.region}#0#2026-11-21T00`, sk: String(slot), seq: slot });
    };
    expect(await brokenBy(late)).toContain('S6');
  });
});
