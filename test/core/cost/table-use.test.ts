import { hour, minute } from '../../../src/core/basics/time';
import { allRegions, type Config } from '../../../src/core/config/config';
import { type TableUse, tableUseOf } from '../../../src/core/cost/table-use';
import { type Typical, usual } from '../../../src/core/cost/typical';
import { metricsPerHour } from '../../../src/core/cost/watching-lines';
import { frankfurt, smallConfig } from '../../sim/settings';
import { type Recording, record } from './recorded';

/** Targets, environments and links as the simulator has them: what is compared is how often and how much the engine asks. */
const simulatedFor = (hours: number, lagSpreadMs = 25): Typical => ({
  phases: { dnsMs: 0, connectMs: 10, tlsMs: 0, firstByteMs: 40, transferMs: 0 },
  addressOf: () => '192.0.2.10:443',
  upForMs: hours * hour,
  bootId: 'eu-west-1/prober/1',
  codeVersion: 'sim',
  lagMs: 2000,
  lagSpreadMs,
  latencySteps: 15,
});

/** Only where a day has passed is an hour looked at for the third time. */
const worlds = [
  { name: '100 monitors from two regions, every minute', monitors: 100, beatMs: minute, witness: undefined, lagSpreadMs: 120, warmUpHours: 2, hours: 1 },
  { name: '10 monitors from two regions, every 20 s', monitors: 10, beatMs: minute / 3, witness: undefined, lagSpreadMs: 800, warmUpHours: 2, hours: 1 },
  {
    name: '5 monitors from two regions with a witness, every minute, after a day',
    monitors: 5,
    beatMs: minute,
    witness: frankfurt,
    lagSpreadMs: 25,
    warmUpHours: 26,
    hours: 2,
  },
];

describe.each(worlds)('what the model says of $name, and what the engine really asks', ({ hours, warmUpHours, lagSpreadMs, ...size }) => {
  const config = smallConfig(size);
  const isWholeDay = warmUpHours > 25;
  const uses = allRegions(config.regions).map((region) => tableUseOf(config, region, simulatedFor(warmUpHours, lagSpreadMs)));
  let recording: Recording;
  beforeAll(async () => {
    recording = await record(config, { warmUpHours, hours });
  }, 300_000);

  test('are the same writes of each kind, to 3 %, and the same bytes, to 6 %', () => {
    for (const kind of ['claim', 'head', 'beat', 'watch', 'hour'] as const) {
      const written = recording.calls.filter((call) => call.action === 'PutItem' && call.kinds === kind.toUpperCase());
      const wanted = uses.flatMap(({ writes }) => writes.filter((write) => write.kind === kind));
      const count = sum(wanted.map(({ writesPerHour }) => writesPerHour * hours));
      expect([kind, written.length / count]).toEqual([kind, near(1, 0.03)]);
      const bytes = sum(wanted.map((write) => write.bytes * write.writesPerHour * hours));
      expect([kind, sum(written.map((call) => call.bytes)) / bytes]).toEqual([kind, near(1, 0.06)]);
    }
  });

  test('are the same units written and read in all, to 3 %', () => {
    const written = recording.calls.filter(({ action }) => action === 'PutItem');
    const read = recording.calls.filter(({ action, kinds }) => action !== 'PutItem' && (isWholeDay || !['BEAT', 'HOUR'].includes(kinds)));
    expect(sum(written.map(({ units }) => units)) / (unitsWritten(uses) * hours)).toEqual(near(1, 0.03));
    expect(sum(read.map(({ units }) => units)) / (unitsRead(config, uses, isWholeDay) * hours)).toEqual(near(1, 0.03));
  });

  test('are the same calls of PutMetricData, to 4 %', () => {
    expect(recording.metrics / (metricsPerHour(config) * allRegions(config.regions).length * hours)).toEqual(near(1, 0.04));
  });

  test('leave no kind of item out', () => {
    const kinds = new Set(recording.calls.filter(({ action }) => action === 'PutItem').map((call) => call.kinds));
    expect([...kinds].sort()).toEqual(['BEAT', 'CLAIM', 'HEAD', 'HOUR', 'WATCH']);
  });
});

test('an address, a phase that takes longer, and a longer life of a monitor make items heavier', () => {
  const config = smallConfig({ monitors: 100, beatMs: minute });
  const headOf = (typical: Typical) => tableUseOf(config, config.regions.probers[0]!, typical).writes.find(({ kind }) => kind === 'head')!.bytes;
  expect(headOf(usual)).toBeGreaterThan(headOf(simulatedFor(1)) * 1.2);
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const unitsWritten = (uses: readonly TableUse[]): number => sum(uses.flatMap(({ writes }) => writes.map((write) => write.units * write.writesPerHour)));

function unitsRead({ regions }: Config, uses: readonly TableUse[], isWholeDay: boolean): number {
  const others = allRegions(regions).length - 1;
  const reads = uses.flatMap((use) => use.reads).filter(({ what }) => isWholeDay || !what.startsWith('roll-up'));
  return sum(reads.map(({ what, unitsPerHour }) => unitsPerHour * (what === 'roll-up-elsewhere' ? others : 1)));
}

const near = (wanted: number, tolerance: number) => ({
  asymmetricMatch: (found: unknown) => typeof found === 'number' && Math.abs(found - wanted) <= tolerance,
  toString: () => `${wanted} ± ${tolerance}`,
});
