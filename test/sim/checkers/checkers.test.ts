import { instant } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import { onlyShard } from '../../../src/core/table';
import type { Engine } from '../engine';
import { realEngine } from '../real-engine';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { brokenBy, cut, dark, everyRegionThrows, isLogOf, mute, outage, thatAlsoSays, withPorts, withReplica } from './broken-engines';

/** What is wrong at once needs no long story. */
const brief = { until: '00:03:00' };

describe('an engine', () => {
  it.each([
    ['in peace', []],
    ['with a dark region', [dark]],
    ['with a target down', [outage]],
    ['with a link cut', [cut]],
  ])('that does as it should breaks nothing %s', async (_when, faults) => {
    expect(await brokenBy(realEngine, faults)).toEqual([]);
  });

  it.each([
    ['silent', { subject: 'prober:eu-west-1', condition: 'silent' }],
    ['hung', { subject: 'prober:eu-west-1', condition: 'hung' }],
    ['stopped', { subject: 'prober:eu-west-1', condition: 'stopped' }],
    ['unable to store', { subject: 'prober:eu-west-1', condition: 'store-down' }],
    ['skipping', { subject: 'prober:eu-west-1', condition: 'skipping' }],
    ['lying', { subject: 'prober:eu-west-1', condition: 'lying' }],
    ['behind', { subject: 'prober:eu-west-1', condition: 'skewed' }],
    ['seen through a third only', { subject: 'prober:eu-west-1', condition: 'link-lost' }],
    ['not replicating', { subject: 'prober:eu-west-1', condition: 'replication-stuck' }],
    ['alone', { subject: 'watchdog:us-east-2', condition: 'alone' }],
    ['refused', { subject: 'watchdog:us-east-2', condition: 'refused' }],
    ['not watching', { subject: 'watchdog:eu-west-1', condition: 'watcher-silent' }],
    ['all blind', { subject: 'monitoring', condition: 'unwatched', key: 'monitoring:coverage' }],
    ['down', { subject: 'service-001', condition: 'down', key: 'service-001:availability' }],
    ['partly down', { subject: 'service-001', condition: 'partial', key: 'service-001:availability' }],
    ['something nobody has heard of', { subject: 'prober:eu-west-1', condition: 'tired' }],
  ])('that calls somebody %s who is not breaks S1', async (_condition, told) => {
    expect(await brokenBy(thatAlsoSays(told), [], { ...brief, beatMs: 10 * second })).toContain('S1');
  });

  it('that speaks of a blip breaks S2', async () => {
    expect(await brokenBy(thatAlsoSays({ subject: 'prober:eu-west-1', condition: 'link-lost' }), [cut])).toContain('S2');
  });

  it('that writes the keys of another region breaks S5', async () => {
    const forger = withReplica((real) => ({ putIfNewer: (item) => real.putIfNewer({ ...item, pk: item.pk.replace(ohio, dublin) }) }));
    expect(await brokenBy(forger, [], brief)).toContain('S5');
  });

  it('that counts backwards breaks S5', async () => {
    const backwards: Engine = (self, ports) => async () => {
      const item = { pk: `CLAIM#${self.region}`, sk: onlyShard, seq: -Math.floor(ports.clock.now() / second) };
      await ports.replica(self.region).put(item);
    };
    expect(await brokenBy(backwards, [], brief)).toContain('S5');
  });

  it('that writes beats for rounds long past breaks S6', async () => {
    const late: Engine = (self, ports) => async () => {
      const slot = Math.floor(ports.clock.now() / second) - 600;
      await ports.replica(self.region).put({ pk: `BEAT#${self.region}#0#2026-11-21T00`, sk: String(slot), seq: slot });
    };
    expect(await brokenBy(late, [], brief)).toContain('S6');
  });

  it('that runs a round for a slot that another one has breaks S6', async () => {
    const heedless = withReplica((real) => ({
      putIfNewer: async (item) => {
        if (item.pk.startsWith('BEAT#')) await real.put(item);
        return /^(?:CLAIM|BEAT)#/.test(item.pk) ? 'written' : real.putIfNewer(item);
      },
      // Who saw what the other one has stored would leave it at that.
      get: async (keys) => (await real.get(keys)).filter(({ pk }) => !pk.startsWith('HEAD#')),
    }));
    const twice: Engine = (self, ports) => {
      const [one, other] = [heedless(self, ports), heedless(self, ports)];
      return async (event, invocation) => {
        await one(event, invocation);
        if (self.role === 'prober') await other(event, invocation);
      };
    };
    expect(await brokenBy(twice, [], brief)).toContain('S6');
  });

  it('that records its rounds as of minutes to come breaks S6', async () => {
    const hurried: Engine = (self, ports) => {
      const clock = { ...ports.clock, now: () => instant(ports.clock.now() + 5 * minute) };
      return realEngine(self, self.role === 'prober' ? { ...ports, clock } : ports);
    };
    expect(await brokenBy(hurried, [], brief)).toContain('S6');
  });

  it('that accuses right after its own blindness breaks S8', async () => {
    const hasty = thatAlsoSays({ subject: 'prober:eu-west-1', condition: 'hung' }, (elapsedMs) => elapsedMs < at('00:02:00'), 'looks-after');
    expect(await brokenBy(hasty, [dark, { ...dark, region: ohio, ends: at('00:08:00') }])).toContain('S8');
  });

  it('that waits for another region breaks S10', async () => {
    const polite: Engine = (self, ports) => {
      const handler = realEngine(self, ports);
      return async (event, invocation) => {
        if (self.region === dublin && self.role === 'prober') await ports.replica(ohio).get([]);
        await handler(event, invocation);
      };
    };
    expect(await brokenBy(polite, [{ ...cut, ends: at('00:12:00') }])).toContain('S10');
  });

  it('that tells what it did not write down breaks S11', async () => {
    const careless = withReplica((real) => ({ putIfAbsent: async (item) => (isLogOf(item, 'opened') ? 'written' : real.putIfAbsent(item)) }));
    expect(await brokenBy(careless, [outage])).toContain('S11');
  });

  it('that says everything twice breaks S12', async () => {
    const stammering = withPorts(({ topics, clock }) => ({
      topics: {
        publish: async (region, message) => {
          await topics.publish(region, message);
          await clock.timer(4 * second).done;
          return topics.publish(region, message);
        },
      },
    }));
    expect(await brokenBy(stammering, [outage])).toContain('S12');
  });

  it('that throws is not orderly, and one that never returns is not either', async () => {
    const thrower: Engine = () => () => Promise.reject(new Error('a bug'));
    const hanger: Engine = () => () => new Promise(() => undefined);
    expect(await brokenBy(thrower, [], brief)).toContain('orderly');
    expect(await brokenBy(hanger, [], brief)).toContain('orderly');
  });
});

describe('an engine that stays mute', () => {
  it.each([
    ['L1', 'about a dark region', [dark]],
    ['L2', 'when both probers are dark', [dark, { ...dark, region: ohio }]],
    ['L3', 'about a target', [outage]],
    ['L6', 'about a dark region while the witness is dark too', [dark, { ...dark, region: frankfurt }]],
  ])('breaks %s %s', async (promise, _what, faults) => {
    expect(await brokenBy(mute, faults)).toContain(promise);
  });

  it('about time that nobody watched, when it is over, breaks L2', async () => {
    const discreet = withPorts(({ topics }) => ({
      topics: { publish: async (region, message) => (message.subject.includes(' monitoring ') ? 'kept' : topics.publish(region, message)) },
    }));
    expect(await brokenBy(realEngine, everyRegionThrows, { until: '00:23:00' })).toEqual([]);
    expect(await brokenBy(discreet, everyRegionThrows, { until: '00:23:00' })).toContain('L2');
  });

  it('about the end of trouble breaks L4', async () => {
    const gloomy = withPorts(({ topics }) => ({
      topics: { publish: async (region, message) => (message.subject.startsWith('RESOLVED') ? 'kept' : topics.publish(region, message)) },
    }));
    expect(await brokenBy(gloomy, [dark])).toContain('L4');
  });
});
