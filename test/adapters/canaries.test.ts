/** The canaries against real sockets, by a prober whose configuration allows no private addresses. */

import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { canariesAt } from '../../src/core/canary';
import type { Monitor } from '../../src/core/config/config';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';
import { outcomeOf } from '../../src/core/observation';
import { httpMonitor } from './monitors';
import { answering, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

const prober = wakeful(createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: false }));
const tried = (monitor: Monitor) => prober.attempt(monitor, monitor.timeoutMs);
const at = (port: number) => canariesAt(`http://127.0.0.1:${port}/`);

describe('what must answer', () => {
  it.each([200, 204, 301, 400, 403, 404, 500, 503, 599, 999])('is ok with any status: %i', async (status) => {
    const { mustAnswer } = at(await servers.http((_request, response) => response.writeHead(status).end()));
    expect(await tried(mustAnswer)).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('fails where nothing listens', async () => {
    expect(await tried(at(await servers.closedPort()).mustAnswer)).toMatchObject({ reason: 'connect-refused' });
  });

  it('fails where something accepts and says nothing, as soon as its own time is over', async () => {
    const startedAt = performance.now();
    expect(await tried(at(await servers.tcp(() => undefined)).mustAnswer)).toMatchObject({ reason: 'first-byte-timeout' });
    expect(performance.now() - startedAt).toBeLessThan(2500);
  });

  it('may be private, which what a configuration describes may not', async () => {
    const port = await servers.http((_request, response) => response.end());
    expect(await tried(at(port).mustAnswer)).toMatchObject({ reason: 'ok', address: `127.0.0.1:${port}` });
    expect(await tried(httpMonitor(`http://127.0.0.1:${port}/`))).toMatchObject({ reason: 'address-refused' });
  });
});

describe('what must not answer', () => {
  it('is refused at once', async () => {
    const startedAt = performance.now();
    const attempt = await tried(at(1).mustRefuse);
    expect(attempt).toMatchObject({ reason: 'connect-refused', address: '127.0.0.1:1' });
    expect(outcomeOf(attempt)).toBe('failed');
    expect(performance.now() - startedAt).toBeLessThan(2500);
  });

  it('would be ok if something answered there: that is how a prober that calls anything up is found', async () => {
    const port = await servers.tcp(answering('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
    const { mustRefuse } = at(port);
    expect(await tried({ ...mustRefuse, probe: { ...mustRefuse.probe, url: `http://127.0.0.1:${port}/` } as HttpProbe })).toMatchObject({ reason: 'ok' });
  });
});

it('hundreds of rounds of both leave no socket and no timer', async () => {
  const alive = (): number => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|TCPConnect|Timeout|GetAddrInfo/.test(kind)).length;
  const { mustAnswer, mustRefuse } = at(await servers.tcp(answering('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n', { stays: true })));
  const aliveBefore = alive();
  for (let round = 0; round < 300; round += 1) {
    const [answered, refused] = await Promise.all([tried(mustAnswer), tried(mustRefuse)]);
    expect([answered.reason, refused.reason]).toEqual(['ok', 'connect-refused']);
  }
  for (let turn = 0; turn < 100 && alive() > aliveBefore; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(alive()).toBeLessThanOrEqual(aliveBefore);
});
