import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { why } from '../../cli/why';
import { incidentText } from '../../cli/why/incident-text';
import { type ApiServer, openApi } from '../../local/api/server';
import { whyRoutes } from '../../local/api/why-routes';
import { regionId } from '../../src/core/basics/brand';
import { encodeHead, type Head } from '../../src/core/beat';
import type { Channel } from '../../src/core/config/config';
import { parseConfig } from '../../src/core/config/parse-config';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { encodeLogEntry } from '../../src/core/log-item';
import { createOverview } from '../../src/engine/overview';
import type { Replica } from '../../src/engine/ports';
import { at, config, east, entry, middle, opened, sample, slot, west } from '../core/builders';
import { smallWorld } from '../engine/small-world';

/** A beat in which everything succeeds. */
function head(region: Head['region'], hash: Head['samples'][number]['hash']): Head {
  const facts = { by: 'schedule', canaries: 'right', covered: 1, expected: 1, codeVersion: '0.1.0', bootId: 'boot', seen: {} } as const;
  const times = { slot: slot('00:10'), startedAt: at('00:10'), finishedAt: at('00:10:02'), configHash: 'c0ffee000000', configMadeAt: at('00:00') };
  return { region, ...facts, ...times, samples: [sample({ hash })] };
}

async function stored(replicas: readonly Replica[], hash = config().monitors[0]!.hash): Promise<void> {
  for (const replica of replicas) {
    await replica.put(encodeHead(head(west, hash), west));
    await replica.put(encodeHead(head(east, hash), east));
    await replica.put(encodeLogEntry(entry(opened())));
  }
}

const say = () => undefined;

describe('twinwatch why, of the local system', () => {
  let api: ApiServer;
  beforeAll(async () => {
    const small = smallWorld({ now: at('00:10:04') });
    const replicas = [west, east, middle].map(small.world.ports.replica);
    await stored(replicas);
    const overview = createOverview({ config: config(), clock: small.world.ports.clock, replicas });
    await overview.refresh();
    api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
    api.serve(whyRoutes({ overview, monitors: [] }));
  });
  afterAll(() => api.close());

  const ask = (name: string, json = false) => why(name, { port: String(api.port), json, config: '', say });

  it('shows the chain to people, within a terminal of 100 columns', async () => {
    const { text, exitCode } = await ask('shop');
    expect(exitCode).toBe(0);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.split('\n')).toEqual([
      'monitor    shop  https://shop.example.com/',
      'at         2026-11-21 00:10:04 UTC',
      '',
      'evidence   eu-west-1  ok  10 in a row, newest 4 s ago; by itself it calls it up',
      '                          from 192.0.2.10:443: name 0, connect 0, TLS 0, first byte 0, transfer 0 ms',
      '           us-east-2  ok  10 in a row, newest just now; by itself it calls it up',
      '                          from 192.0.2.10:443: name 0, connect 0, TLS 0, first byte 0, transfer 0 ms',
      '',
      'identity   not proven: the monitor names nobody who must answer',
      'verdict    up (confirmed): every-region-succeeds (the newest sample of every fresh region succeeds,',
      '           and together they succeeded often enough)',
      'log        nothing to write: end-not-newer (it looks well, but not by evidence newer than that of',
      '           each opening and change)',
      '',
      'incident   b8484703d354  shop:availability  open',
      '           since 2026-11-21 00:10:00 UTC, open for 4 s',
      '',
      'opened     down, page: every-region-fails (the newest sample of every fresh region fails, and',
      '           together they failed often enough)',
      '  written  2026-11-21 00:10:00 UTC by eu-west-1 (prober), on eu-west-1 up to 00:10:00, us-east-2 up',
      '           to 00:10:00',
      '  seen     eu-west-1: status: status 503, wanted 2xx',
      '  now      eu-west-1: speaks, first-speaker (it completed the evidence, or is first by the hash of',
      '           the incident: it speaks at once)',
      '           us-east-2, eu-central-1: notes, just-learnt (it has just learnt of this, and counts its',
      '           turn from now)',
      '',
    ]);
  });

  it('shows a region, and an incident by its id', async () => {
    const region = await ask('eu-west-1');
    expect(region.text).toContain('\nbeat       2026-11-21 00:10:00 UTC, 4 s ago; version 0.1.0, configuration c0ffee000000\n');
    expect(region.text).toContain('\nwatch      no region has written what it sees of it\n');
    expect((await ask('b8484703d354')).text).toMatch(/^incident {3}b8484703d354 {2}shop:availability {2}open\n/);
    expect((await ask('eu-central-1')).text).toContain('beat       none: a witness probes nothing');
  });

  it('gives programs one line of JSON', async () => {
    const { text } = await ask('shop', true);
    expect(JSON.parse(text)).toMatchObject({ kind: 'monitor', verdict: { verdict: 'up' }, incident: { id: 'b8484703d354' } });
    expect(text.trimEnd()).not.toContain('\n');
  });

  it('answers an unknown name with those that are near, and exit code 2', async () => {
    const text = 'twinwatch: there is no monitor, region or incident "shap"; did you mean shop?\n';
    expect(await ask('shap')).toEqual({ exitCode: 2, text });
  });

  it.each([
    ['1', 'twinwatch: no twinwatch is running on 127.0.0.1:1; start it with npm start\n'],
    ['x', 'twinwatch: "x" is no port; write the number that twinwatch up printed\n'],
  ])('says that nothing answers on port %s, with exit code 2', async (port, text) => {
    expect(await why('shop', { port, config: '', say })).toEqual({ exitCode: 2, text });
  });
});

describe('twinwatch why --aws', () => {
  let folder: string;
  let file: string;
  const yaml = 'regions: { probers: [eu-west-1, us-east-2] }\nmonitors:\n  shop:\n    http: { url: https://shop.example.com/ }\n';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twinwatch-why-'));
    file = join(folder, 'twinwatch.yaml');
    await writeFile(file, yaml);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function asked(dark: readonly string[], over: { readonly name?: string; readonly config?: string } = {}) {
    const small = smallWorld({ now: at('00:10:04') });
    const parsed = parseConfig({ text: yaml, file, environment: {}, madeAt: at('00:00') });
    await stored([west, east].map(small.world.ports.replica), parsed.kind === 'valid' ? parsed.config.monitors[0]!.hash : undefined);
    for (const region of dark) small.refusing.replicas.add(regionId(region));
    const said: string[] = [];
    const options = { aws: true, port: '', config: over.config ?? file, replicaOf: small.world.ports.replica, say: (text: string) => void said.push(text) };
    return { ...(await why(over.name ?? 'shop', options)), said };
  }

  it('reads the tables of the configured regions', async () => {
    expect(await asked([])).toMatchObject({ exitCode: 0, said: [], text: expect.stringContaining('incident   b8484703d354') });
  });

  it('goes on without a region that does not answer, and says so', async () => {
    expect(await asked(['us-east-2'])).toMatchObject({
      exitCode: 0,
      said: ['the table in us-east-2 does not answer: the replica of us-east-2 refuses'],
      text: expect.stringContaining('incident   b8484703d354'),
    });
  });

  it.each([
    ['no region answers', ['eu-west-1', 'us-east-2'], {}, /^twinwatch: the table in eu-west-1 does not answer: .* check your AWS credentials/],
    ['the name is unknown', [], { name: 'shap' }, /did you mean shop\?/],
    ['there is no such file', [], { config: '/nowhere.yaml' }, /^twinwatch: \/nowhere\.yaml cannot be read/],
  ])('says in one sentence that %s, with exit code 2', async (_case, dark, over, text) => {
    expect(await asked(dark, over)).toMatchObject({ exitCode: 2, text: expect.stringMatching(text) });
  });

  it('sends whoever has mistakes in the file to the command that says them', async () => {
    const wrong = join(folder, 'wrong.yaml');
    await writeFile(wrong, 'regions: {}\n');
    expect((await asked([], { config: wrong })).text).toBe(`twinwatch: ${wrong} has mistakes; \`twinwatch check ${wrong}\` says them\n`);
  });
});

describe('twinwatch why, of what was told', () => {
  const opening = entry(opened());
  const [incident] = foldIncidents([opening]);
  const about = aboutStep(incident!, incident!.transitions[0]!);
  const sent = { ...about, kind: 'receipt', topic: west, messageId: 'm' } as const;
  const channels: Channel[] = [
    { kind: 'slack', name: 'ops-chat', url: '' },
    { kind: 'pagerduty', name: 'pager', key: '', url: '' },
    { kind: 'ntfy', name: 'phone', url: '' },
    { kind: 'email', name: 'ops-mail', address: 'ops@example.com' },
  ];
  const meant = { relayed: ['ops-chat', 'pager', 'phone', 'old-chat'], subscribed: ['ops-mail'] };
  const entries = [
    opening,
    entry({ ...about, kind: 'announced', reason: 'first-speaker', text: 'PAGE' }, { n: 2, at: at('00:10:01') }),
    entry({ ...sent, level: 'accepted', ...meant }, { n: 3, at: at('00:10:02') }),
    entry({ ...sent, level: 'delivered', channel: 'ops-chat' }, { n: 4, at: at('00:10:03') }),
    entry({ ...about, kind: 'undelivered', channel: 'pager', why: 'status 503' }, { n: 5, at: at('00:10:04') }),
    entry({ ...sent, level: 'delivered', channel: 'old-chat' }, { region: east, n: 1, at: at('00:10:05') }),
  ];

  it('says of each channel, by its own name and kind, when it got it by which receipt, and which did not', async () => {
    const small = smallWorld({ now: at('00:10:06') });
    const replicas = [west, east, middle].map(small.world.ports.replica);
    await stored(replicas);
    for (const replica of replicas) for (const one of entries) await replica.put(encodeLogEntry(one));
    const overview = createOverview({ config: config({ channels }), clock: small.world.ports.clock, replicas });
    await overview.refresh();
    const view = overview.why('shop');
    expect(view.kind === 'found' && view.view.kind === 'monitor' && incidentText(view.view.incident!)).toEqual(
      expect.arrayContaining([
        '             email ops-mail: accepted 00:10:02 by SNS in eu-west-1; whether it came is not known',
        '             ntfy phone: under way since 00:10:02, with the relay of eu-west-1',
        '             slack ops-chat: delivered 00:10:03 by the relay of eu-west-1',
        '             pagerduty pager: not delivered, last tried 00:10:04 from eu-west-1: status 503',
        '             old-chat (no longer in the configuration): delivered 00:10:05 by the relay of us-east-2',
      ]),
    );
  });
});
