import { isoTime, minute } from '../../src/core/basics/time';
import { runProber } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import { at, attempt, config, monitor, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

const alone = config({ regions: { probers: [west] }, beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

it('an onlooker explains a monitor from what the engine stored: evidence, verdict, incident, and who told it', async () => {
  const small = smallWorld({ config: alone, now: at('00:10') });
  small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
  for (const time of ['00:10', '00:11', '00:12']) {
    small.now = at(time);
    await runProber({ scheduledTime: isoTime(at(time)) }, { ...small.world, invocation: timeLeft(small, 20_000) });
  }
  const overview = createOverview({ config: alone, clock: small.world.ports.clock, replicas: [small.world.ports.replica(west)] });
  expect(overview.why('shop')).toMatchObject({ kind: 'found', view: { verdict: { verdict: 'unknown' }, incident: null } });
  await overview.refresh();
  const answer = overview.why('shop');
  expect(answer).toMatchObject({
    view: {
      verdict: { verdict: 'down', reason: 'only-witness-fails' },
      voices: [{ region: west, says: 'fails', why: 'status 503, wanted 2xx' }],
      written: { transition: null, reason: 'already-open' },
      incident: { state: 'open', steps: [{ concluded: [{ region: west }], told: [{ reason: 'first-speaker', receipt: { messageId: 'message-1' } }] }] },
    },
  });
  const incident = answer.kind === 'found' && answer.view.kind === 'monitor' ? answer.view.incident?.id : undefined;
  expect(overview.why(incident ?? '')).toMatchObject({ view: { kind: 'incident', id: incident } });
  expect(overview.why(west)).toMatchObject({ view: { kind: 'region', beat: { covered: 1, expected: 1 } } });
  expect(overview.why('shap')).toEqual({ kind: 'unknown', known: ['shop', west, incident] });
});
