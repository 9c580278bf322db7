import type { Answer, DecodedPacket } from 'dns-packet';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { answerTo, nameServers, type Sections } from '../adapters/name-servers';
import { configOf, warningsOf } from '../core/config/config-text';
import { exampleOn, explainedOptions, knownOptions } from './probe-page';

const names = nameServers();
afterAll(() => names.close());

it('explains every option of dns, and no other', () => {
  expect(explainedOptions('dns')).toEqual(knownOptions('dns'));
});

it('shows an example that works', async () => {
  const text = exampleOn('dns');
  expect(warningsOf(text)).toEqual([]);
  const resolver = await names.start((query) => answerTo(query, zone(query)));
  const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true });
  const { monitors } = configOf(text);
  const attempts = await Promise.all(
    monitors.map(async (monitor) => {
      if (monitor.probe.kind !== 'dns') throw new Error('the page is of dns');
      return [monitor.id, (await prober.attempt({ ...monitor, probe: { ...monitor.probe, resolver } }, 5000)).detail];
    }),
  );
  expect(attempts).toEqual(['gone', 'mail-route', 'own-name-server', 'shop-name', 'spf'].map((id) => [id, '']));
});

function zone({ questions: [question] = [] }: DecodedPacket): Sections {
  const { name = '', type = '' } = question ?? {};
  if (name === 'old.example.com') return { rcode: 3 };
  return { isAuthoritative: type === 'SOA', answers: answers[type] ?? [] };
}

const name = 'example.com';
const answers: Readonly<Record<string, readonly Answer[]>> = {
  A: [{ type: 'A', name, ttl: 60, data: '192.0.2.10' }],
  MX: ['mx2', 'mx1'].map((host) => ({ type: 'MX', name, ttl: 60, data: { preference: host === 'mx1' ? 10 : 20, exchange: `${host}.example.com` } })),
  SOA: [{ type: 'SOA', name, ttl: 60, data: { mname: 'ns1.example.net', rname: 'ops.example.net', serial: 1 } }],
  TXT: [
    { type: 'TXT', name, ttl: 60, data: 'site-verification=1' },
    { type: 'TXT', name, ttl: 60, data: 'v=spf1 mx -all' },
  ],
};
