import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { startServers } from '../adapters/servers';
import { configOf, warningsOf } from '../core/config/config-text';
import { exampleOn, explainedOptions, knownOptions } from './probe-page';

const servers = startServers();
afterAll(() => servers.close());

it('explains every option of domain, and no other', () => {
  expect(explainedOptions('domain')).toEqual(knownOptions('domain'));
});

it('shows an example that works', async () => {
  const text = exampleOn('domain');
  expect(warningsOf(text)).toEqual([]);
  const eventDate = new Date(Date.now() + 50 * 86_400_000).toISOString();
  const port = await servers.http((_request, response) => response.end(JSON.stringify({ events: [{ eventAction: 'expiration', eventDate }] })));
  const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true });
  const attempts = await Promise.all(
    configOf(text).monitors.map(async (monitor) => {
      if (monitor.probe.kind !== 'domain') throw new Error('the page is of domain');
      return [monitor.id, (await prober.attempt({ ...monitor, probe: { ...monitor.probe, server: `http://127.0.0.1:${port}` } }, 5000)).detail];
    }),
  );
  expect(attempts).toEqual([
    ['other-domain', ''],
    ['own-domain', ''],
  ]);
});
