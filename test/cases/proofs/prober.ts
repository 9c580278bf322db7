/** How long a probe may take, and what its own trouble means. */
import { createProber } from '../../../src/adapters/probes/prober';
import { instant, regionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import { outcomeOf } from '../../../src/core/observation';
import { nothingSaid } from '../../../src/core/standing';
import { judgeMonitor } from '../../../src/core/verdict';
import { tryOnce } from '../../../src/engine/probing';
import { httpMonitor } from '../../adapters/monitors';
import { at, attempt, east, monitor, slot, unheard, west } from '../../core/builders';
import { smallWorld } from '../../engine/small-world';
import type { Proofs } from '../proof';

/** How long the probe is given of a round that must be over in so long. */
async function givenMs(timeoutMs: number, roundMs: number): Promise<number> {
  const small = smallWorld();
  let given = Number.NaN;
  small.seen = (_monitor, ms) => {
    given = ms;
    return attempt();
  };
  await tryOnce(small.world, { monitor: monitor({ timeoutMs }), slot: slot('00:10'), giveUpAt: instant(at('00:10') + roundMs) });
  return given;
}

/** What a prober finds that cannot even open a socket to ask for a name. */
const withoutSockets = createProber({
  region: regionId('eu-west-1'),
  version: '1.2.3',
  allowPrivate: true,
  lookup: () => Promise.reject(Object.assign(new Error('too many open files'), { code: 'EMFILE' })),
});

async function ownTrouble() {
  const found = await withoutSockets.attempt(httpMonitor('https://shop.example.com/'), second);
  expect(found.reason).toBe('prober-error');
  return found;
}

export const prober: Proofs = {
  async P132() {
    expect(await givenMs(minute, 14.5 * second)).toBe(14.5 * second);
  },
  async P134() {
    expect(await givenMs(5 * second, 14.5 * second)).toBe(5 * second);
  },
  async P322() {
    expect(outcomeOf(await ownTrouble())).toBe('not-covered');
  },
  async P326() {
    expect(outcomeOf(await ownTrouble())).toBe('not-covered');
    // What is not covered is nothing fresh to say.
    const voices = [unheard(west), unheard(east)];
    expect(judgeMonitor({ monitor: monitor(), voices, standing: { ...nothingSaid, verdict: 'unknown' } })).toMatchObject({ verdict: 'unknown' });
  },
};
