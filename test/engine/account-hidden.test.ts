/** What could hide from a watchdog that its newest known beat has jumped. */
import { minute, second } from '../../src/core/basics/time';
import { monitoringKey } from '../../src/core/gap';
import { createMemory } from '../../src/engine/invocation';
import { append, readLogs } from '../../src/engine/region-log';
import { at, east, west } from '../core/builders';
import { beat, pieces, said, sleepUntil, type Watch, watch } from './nobody-watched';

describe('time that nobody watched', () => {
  it('is found by an environment that has just begun though one prober is still missing, of which it cannot tell yet that it is silent', async () => {
    const found = await sleptThrough();
    found.beating.delete(east);
    found.watchdogs[0] = { ...found.watchdogs[0]!, memory: createMemory() };
    await found.lookFor(3 * minute);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00']]]);
    expect(said(found)).toContain('RESOLVED monitoring goes on');
  });

  it('is found though the first beat after it comes from a clock that is fast, and ends when that beat was seen', async () => {
    const found = await sleptThrough();
    found.beating.clear();
    beat(found, east, at('00:24:00'));
    await found.lookFor(10 * second);
    found.beating.add(west);
    await found.lookFor(3 * minute);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00']]]);
    expect(said(found)).toContain('RESOLVED monitoring goes on');
  });

  it('is written down though the prober of the same region writes into the log at the same moment', async () => {
    const found = await sleptThrough();
    const prober = found.small.another({ region: west, role: 'prober' });
    found.onRead = async () => {
      found.onRead = undefined;
      await readLogs(prober.memory.log, prober.ports.replica(west), [west], found.small.now);
      await append(prober, { kind: 'gap', key: monitoringKey, of: 'another', revision: 0, stretches: [], cause: 'made up', before: {} });
    };
    await found.lookFor(10 * second);
    expect(pieces(found)).toContainEqual([['00:12:05–00:22:00']]);
  });
});

/** A watchdog that looked for two minutes, and then slept with everybody else for ten. */
async function sleptThrough(): Promise<Watch> {
  const found = watch(west);
  await found.lookFor(2 * minute);
  sleepUntil(found, '00:22:00');
  return found;
}
