/** Engines that break a promise on purpose, and what the checkers find of them: a checker that nothing can break checks nothing. */
import { minute } from '../../../src/core/basics/time';
import type { Item } from '../../../src/core/table';
import type { Ports, Replica } from '../../../src/engine/ports';
import type { Engine } from '../engine';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';

interface Shape {
  readonly until?: string;
  readonly beatMs?: number;
}

/** The promises that a run of this engine breaks, each once. */
export async function brokenBy(engine: Engine, faults: readonly Fault[] = [], { until = '00:21:00', beatMs = minute }: Shape = {}): Promise<readonly string[]> {
  const { violations } = await runSeed({ seed: 3, engine, faults, monitors: 1, beatMs, untilMs: at(until) });
  return [...new Set(violations.map((violation) => violation.promise))].sort();
}

export const dark = { kind: 'region-dark', region: dublin, darkness: 'hangs', begins: at('00:05:00'), ends: at('00:13:00') } satisfies Fault;

export const outage: Fault = {
  kind: 'target-down',
  monitor: 'service-001' as never,
  from: [dublin, ohio],
  symptom: 'status',
  begins: at('00:05:10'),
  ends: at('00:13:00'),
};

export const cut = { kind: 'link-cut', directions: [{ from: dublin, to: ohio }], begins: at('00:05:00'), ends: at('00:06:00') } satisfies Fault;

/** Nobody is left to say that nobody watches, and the prober of one region comes back later than the others. */
export const everyRegionThrows: readonly Fault[] = [
  ...[dublin, ohio, frankfurt].map((region): Fault => ({ kind: 'bad-deploy', region, deploy: 'throws', begins: at('00:05:00'), ends: at('00:12:00') })),
  { kind: 'schedule-stopped', region: dublin, role: 'prober', begins: at('00:05:00'), ends: at('00:14:00') },
];

/** The real engine, but with other ports. */
export const withPorts =
  (change: (ports: Ports) => Partial<Ports>): Engine =>
  (self, ports) =>
    realEngine(self, { ...ports, ...change(ports) });

/** The real engine, but what it does to some items is done otherwise. */
export const withReplica = (change: (real: Replica) => Partial<Replica>): Engine =>
  withPorts(({ replica }) => ({ replica: (region) => ({ ...replica(region), ...change(replica(region)) }) }));

export const mute = withPorts(() => ({ topics: { publish: async () => 'never sent' } }));

export const isLogOf = (item: Item, kind: string): boolean => item.pk.startsWith('LOG#') && String(item.body).includes(`"kind":"${kind}"`);

/** The real engine, and after each invocation of a watchdog one more message. */
export const thatAlsoSays =
  (told: Readonly<Record<string, string>>, when: (elapsedMs: number) => boolean = () => true, order: 'looks-first' | 'looks-after' = 'looks-first'): Engine =>
  (self, ports) => {
    const handler = realEngine(self, ports);
    const begins = ports.clock.now();
    return async (event, invocation) => {
      if (order === 'looks-first') await handler(event, invocation);
      const json = { kind: 'opened', incident: 'made-up', family: 'watch', severity: 'page', certainty: 'confirmed', key: `${told.subject}:watch`, ...told };
      if (self.region === ohio && self.role === 'watchdog' && when(ports.clock.now() - begins)) {
        await ports.topics.publish(ohio, { subject: 'made up', text: '', json: JSON.stringify(json) });
      }
      if (order === 'looks-after') await handler(event, invocation);
    };
  };
