import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feed } from '../../../cli/feed';
import { feedPath, feedRoutes } from '../../../local/api/feed-route';
import { type ApiServer, openApi } from '../../../local/api/server';
import { encodeHead, type Head } from '../../../src/core/beat';
import { publishedIn } from '../../../src/core/feed/published-ids';
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
let folder: string;
beforeAll(async () => {
  await replicas[0]!.put(encodeHead(head(), west));
  await replicas[0]!.put(encodeLogEntry(entry(opened())));
  await overview.refresh();
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-feed-'));
  api.serve(feedRoutes({ overview, file: join(folder, 'feed.atom') }));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

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

  it('goes on under the ids that it was served with', async () => {
    const served = async () => (await fetch(`http://127.0.0.1:${api.port}${feedPath}`)).text();
    const before = await served();
    await replicas[0]!.put(encodeLogEntry(entry(opened({ evidence: { [west]: slot('00:09:50') } }), { n: 2, at: at('00:09:51') })));
    await overview.refresh();
    expect(publishedIn(overview.feed())).not.toEqual(publishedIn(before));
    expect(publishedIn(await served())).toEqual(publishedIn(before));
  });

  it('is served where it cannot be kept', async () => {
    const nowhere = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
    nowhere.serve(feedRoutes({ overview, file: join(folder, 'missing', 'feed.atom') }));
    expect(await (await fetch(`http://127.0.0.1:${nowhere.port}${feedPath}`)).text()).toBe(overview.feed());
    await nowhere.close();
  });

  it('that nobody serves is told', async () => {
    expect(await feed({ port: '1', config: '', say })).toMatchObject({ exitCode: 2, text: expect.stringContaining('no twinwatch is running on 127.0.0.1:1') });
  });
});

describe('the feed of what is deployed, in a file', () => {
  const yaml = 'regions: { probers: [eu-west-1, us-east-2] }\nmonitors: { shop: { http: https://shop.example.com/ } }\n';
  const options = async () => {
    await writeFile(join(folder, 'twinwatch.yaml'), yaml);
    return { port: '', aws: true, config: join(folder, 'twinwatch.yaml'), say, replicaOf: small.world.ports.replica };
  };
  const to = (name: string): string => join(folder, name);

  it('is written whole, with the ids that the file holds already', async () => {
    const asked = { ...(await options()), to: to('public.atom') };
    expect(await feed(asked)).toEqual({ exitCode: 0, text: '' });
    const before = await readFile(asked.to, 'utf8');
    expect(brokenRules(parseXml(before))).toEqual([]);
    await replicas[0]!.put(encodeLogEntry(entry(opened({ evidence: { [west]: slot('00:09:40') } }), { n: 3, at: at('00:09:41') })));
    await feed(asked);
    expect(publishedIn(await readFile(asked.to, 'utf8'))).toEqual(publishedIn(before));
    expect(publishedIn((await feed({ ...asked, to: undefined })).text)).not.toEqual(publishedIn(before));
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('is never written over anything else, nor where it cannot be', async () => {
    const asked = await options();
    expect(await feed({ ...asked, to: asked.config })).toMatchObject({ exitCode: 2, text: expect.stringContaining('is no feed that twinwatch has printed') });
    expect(await readFile(asked.config, 'utf8')).toBe(yaml);
    expect(await feed({ ...asked, to: to('missing/feed.atom') })).toMatchObject({ exitCode: 2, text: expect.stringContaining('cannot be written') });
  });
});
