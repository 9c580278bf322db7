import { readFileSync } from 'node:fs';
import { feed } from '../../../cli/feed';
import { feedPath, feedRoutes } from '../../../local/api/feed-route';
import { type ApiServer, openApi } from '../../../local/api/server';
import { encodeHead, type Head } from '../../../src/core/beat';
import { encodeLogEntry } from '../../../src/core/log-item';
import { createOverview } from '../../../src/engine/overview';
import { at, config, entry, opened, sample, slot, west } from '../../core/builders';
import { brokenRules, parseXml } from '../../core/feed/atom-rules';
import { smallWorld } from '../../engine/small-world';

const small = smallWorld({ now: at('00:10:04') });
const replicas = [west].map(small.world.ports.replica);
const overview = createOverview({ config: config(), clock: small.world.ports.clock, replicas });
const say = () => undefined;

/** Logs are read of regions that have written a beat. */
function head(): Head {
  const facts = { by: 'schedule', canaries: 'right', covered: 1, expected: 1, codeVersion: '0.1.0', bootId: 'boot', seen: {} } as const;
  const times = { slot: slot('00:10'), startedAt: at('00:10'), finishedAt: at('00:10:02'), configHash: 'c0ffee000000', configMadeAt: at('00:00') };
  return { region: west, ...facts, ...times, samples: [sample()] };
}

let api: ApiServer;
beforeAll(async () => {
  await replicas[0]!.put(encodeHead(head(), west));
  await replicas[0]!.put(encodeLogEntry(entry(opened())));
  await overview.refresh();
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  api.serve(feedRoutes({ overview }));
});
afterAll(() => api.close());

describe('the feed of the local system', () => {
  it('is served as Atom, and the page names it', async () => {
    const answer = await fetch(`http://127.0.0.1:${api.port}${feedPath}`);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const text = await answer.text();
    expect(text).toContain('<title>shop is down</title>');
    expect(brokenRules(parseXml(text))).toEqual([]);
    expect(readFileSync('local/page/index.html', 'utf8')).toContain(
      `<link rel="alternate" type="application/atom+xml" title="What happened" href="${feedPath.slice(1)}" />`,
    );
  });

  it('is printed by twinwatch feed', async () => {
    const printed = await feed({ port: String(api.port), config: '', say });
    expect(printed).toEqual({ exitCode: 0, text: overview.feed() });
  });

  it('that nobody serves is told', async () => {
    expect(await feed({ port: '1', config: '', say })).toMatchObject({ exitCode: 2, text: expect.stringContaining('no twinwatch is running on 127.0.0.1:1') });
  });
});
