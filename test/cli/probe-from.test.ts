/** `twinwatch probe --from`: what the prober of a region sees, asked as the gate asks it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, probe } from '../../cli/probe';
import type { Functions } from '../../src/adapters/lambda/functions';
import { createProber } from '../../src/adapters/probes/prober';
import { parseConfig } from '../../src/core/config/parse-config';
import { type Attempt, noPhases } from '../../src/core/observation';
import { runProber } from '../../src/engine/invocation';
import type { Prober } from '../../src/engine/ports';
import { startServers } from '../adapters/servers';
import { at, attempt } from '../core/builders';
import { smallWorld } from '../engine/small-world';

const yaml = `regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
monitors:
  shop: { http: https://shop.example.com/ }
`;
const configOf = (text: string) => {
  const read = parseConfig({ text, file: 'twinwatch.yaml', environment: { WHO: 'shop-1' }, madeAt: at('00:00') });
  if (read.kind === 'invalid') throw new Error('the configuration of this test has mistakes');
  return read.config;
};

/** The engine that runs in a region, in a world where the target is seen so. */
function prober(seen: Attempt, { lies = false, text = yaml } = {}): Functions {
  return {
    async ask(region, _role, event) {
      const small = smallWorld({ config: configOf(text), self: { region } });
      small.seen = () => seen;
      if (lies) small.canary = () => attempt();
      return JSON.parse(JSON.stringify(await runProber(event, small.world)));
    },
    start: () => Promise.reject(new Error('nothing is started')),
  };
}

/** The same, with real probes. */
const realProber = (text: string): Functions => ({
  ...prober(attempt()),
  async ask(region, _role, event) {
    const { world, canary } = smallWorld({ config: configOf(text), self: { region } });
    const real = createProber({ region, version: '1.2.3', allowPrivate: true });
    const attempt: Prober['attempt'] = async (monitor, ...how) => (monitor.id.startsWith('canary-') ? canary(monitor.id) : real.attempt(monitor, ...how));
    return JSON.parse(JSON.stringify(await runProber(event, { ...world, ports: { ...world.ports, prober: { attempt } } })));
  },
});

/** Of what calls us a prober knows, and sees nothing. */
const answeringNothing: Functions = {
  ...prober(attempt()),
  async ask(region, role, event) {
    const answer = (await prober(attempt()).ask(region, role, event)) as object;
    return { ...answer, seen: [], unknown: [] };
  },
};

const servers = startServers();
let config: string;
beforeAll(async () => {
  config = join(await mkdtemp(join(tmpdir(), 'twinwatch-from-')), 'twinwatch.yaml');
  await writeFile(config, yaml);
});
afterAll(async () => {
  await servers.close();
  await rm(join(config, '..'), { recursive: true });
});

const untimed = (line: string): string => line.replace(/[\d.]+ ms/g, 'some ms');

const from = (what: string, functions: Functions, more: Partial<Asked> = {}) =>
  probe(what, { config, environment: {}, from: 'us-east-2', aws: true, functions, ...more });
const well = attempt({ phases: { ...noPhases, connectMs: 4, firstByteMs: 21 }, address: '192.0.2.10:443' });
const bad = attempt({ reason: 'status', detail: 'status 503, wanted 2xx', phases: { ...noPhases, firstByteMs: 9 }, address: '192.0.2.10:443' });

describe('twinwatch probe --from', () => {
  it('shows what that region sees, with its phases', async () => {
    const { text, exitCode } = await from('shop', prober(well));
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^monitor +shop\nresult +up\nfrom +us-east-2 +asked 192\.0\.2\.10:443\n\ntry +25 ms, ok\nphases +connect +4 ms/);
  });

  it('shows both tries of a failure', async () => {
    const { text, exitCode } = await from('shop', prober(bad));
    expect(exitCode).toBe(1);
    expect(text).toContain('result     fails, status: status 503, wanted 2xx\n');
    expect(text.match(/^try [12] /gm)).toHaveLength(2);
  });

  it('explains the phases where that is wanted', async () => {
    expect((await from('shop', prober(well), { explain: true })).text).toMatch(
      /\n\nphases +name +the name was resolved [\s\S]*\nreasons +each is explained in docs\/reasons\.md\n$/,
    );
    expect((await from('shop', prober(well))).text).not.toContain('each is explained');
  });

  it('may be read by programs', async () => {
    const { text } = await from('shop', prober(well), { json: true });
    expect(JSON.parse(text)).toMatchObject({
      from: 'us-east-2',
      canaries: 'right',
      probes: [{ monitor: 'shop', outcome: 'ok', latencyMs: 25, attempts: [{ reason: 'ok' }] }],
    });
  });

  it.each<[string, Attempt, string, string]>([
    ['the right one', well, 'shop-1', 'proven, by the header x-instance: shop-1'],
    ['one of several', well, '[shop-1, shop-2]', 'proven, by the header x-instance'],
    ['the right one, with a failure', attempt({ ...bad, detail: `${bad.detail}; identity proven` }), 'shop-1', 'proven, by the header x-instance: shop-1'],
    ['somebody else', attempt({ reason: 'misidentified', detail: 'answered as "shop-2", wanted "shop-1"' }), 'shop-1', 'somebody else answered: shop-2'],
    [
      'nobody knows who',
      attempt({ reason: 'misidentified', detail: 'who answered is not proven: the answer has no header x-instance, wanted "shop-1"' }),
      'shop-1',
      'not proven: the answer has no header x-instance',
    ],
    ['nobody', bad, 'shop-1', 'not proven: status'],
    ['the right one, whom the file does not name', well, `"\${env:WHO}"`, 'proven, by the header x-instance'],
  ])('says whether it is proven who answered: %s', async (_case, seen, equals, words) => {
    const asked = prober(seen, {
      text: yaml.replace('https://shop.example.com/ }', `https://shop.example.com/, identity: { header: x-instance, equals: ${equals} } }`),
    });
    expect((await from('shop', asked)).text).toMatch(new RegExp(`^identity +${words}$`, 'm'));
    const { probes } = JSON.parse((await from('shop', asked, { json: true })).text);
    expect(probes[0].identity).toEqual({ isProven: words.startsWith('proven'), words });
  });

  it('says the same as from this machine: who answered, and all that was looked at', async () => {
    const port = await servers.http((request, response) => {
      if (request.url !== '/plain') response.setHeader('x-instance', 'shop-1');
      response.statusCode = request.url === '/bad' ? 503 : 200;
      response.end(request.url === '/plain' ? 'nobody' : 'shop');
    });
    const monitor = (path: string, equals: string) =>
      `{ http: { url: "http://127.0.0.1:${port}${path}", expect: { body: shop } }, identity: { header: x-instance, equals: ${equals} } }`;
    const monitors = {
      right: monitor('/', '[shop-1, shop-2]'),
      wrong: monitor('/', 'shop-2'),
      plain: monitor('/plain', 'shop-1'),
      bad: monitor('/bad', 'shop-1'),
    };
    const lines = Object.entries(monitors).map(([id, written]) => `  ${id}: ${written}\n`);
    const text = `${yaml}${lines.join('')}network: { allowPrivate: true }\n`;
    const file = join(config, '..', 'same.yaml');
    await writeFile(file, text);
    const rowsOf = (said: string): readonly string[] =>
      said.split('\n').filter((line) => /^identity |^looked at|^ +[✓✗] |^ {8,}\S+ +\S/.test(line) && !/█|▏/.test(line));
    for (const id of Object.keys(monitors)) {
      const here = await probe(id, { config: file, environment: {} });
      const there = await from(id, realProber(text), { config: file });
      expect(rowsOf(there.text).map(untimed)).toEqual(rowsOf(here.text).map(untimed));
      expect(rowsOf(there.text).join('\n')).toMatch(/^identity [\s\S]*looked at/);
      expect(there.exitCode).toBe(here.exitCode);
    }
    const [seen] = JSON.parse((await from('bad', realProber(text), { json: true })).text).probes;
    expect(seen.attempts.map(({ findings }: { findings: object[] }) => findings.some((one) => 'wanted' in one))).toEqual([true, true]);
  });

  it('says nothing of an identity that the monitor does not name', async () => {
    expect((await from('shop', prober(well))).text).not.toMatch(/^identity/m);
  });

  it('does not believe a prober whose canaries read wrong', async () => {
    expect(await from('shop', prober(well, { lies: true }))).toEqual({
      exitCode: 2,
      text: expect.stringMatching(/^result +does not count: this prober calls a closed port up$/m),
    });
  });

  it('says so where an older prober tells less', async () => {
    const older: Functions = {
      ...prober(well),
      async ask(region, role, event) {
        const answer = (await prober(well).ask(region, role, event)) as { seen: object[] };
        return { ...answer, seen: answer.seen.map((one) => ({ ...one, attempts: undefined })) };
      },
    };
    expect((await from('shop', older)).text).toMatch(/^result +ok\n.*\nphases +this version of the prober does not tell them; deploy again$/m);
  });

  it.each<[string, string, Partial<Asked>, RegExp]>([
    [
      'a URL',
      'https://shop.example.com/',
      {},
      /^twinwatch: a region probes what its configuration has, and no URL; name a monitor, or leave out --from us-east-2\n$/,
    ],
    ['a region that does not probe', 'shop', { from: 'eu-central-1' }, /^twinwatch: there is no prober "eu-central-1"; there are: eu-west-1, us-east-2\n$/],
    ['a monitor that it does not have', 'cart', {}, /^twinwatch: us-east-2 has no monitor "cart" in its configuration; /],
    ['what calls us', 'backup', { functions: answeringNothing }, /^twinwatch: backup calls us, so no region can probe it\n$/],
    ['no file', 'shop', { config: 'nowhere.yaml' }, /^twinwatch: nowhere\.yaml cannot be read: /],
    ['no system on this machine', 'shop', { aws: false, port: '1' }, /^twinwatch: no twinwatch is running on 127\.0\.0\.1:1; /],
  ])('cannot ask about %s', async (_what, monitor, more, says) => {
    expect(await from(monitor, prober(well), more)).toEqual({ exitCode: 2, text: expect.stringMatching(says) });
  });

  it('asks the edge of that region of the system on this machine', async () => {
    let asked: unknown;
    const edge = await servers.http(async (request: IncomingMessage, response: ServerResponse) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      asked = [request.url, request.headers.authorization?.includes('/us-east-2/lambda/')];
      response.end(JSON.stringify(await prober(well).ask('us-east-2' as never, 'prober', JSON.parse(body))));
    });
    const regions = (state: string) => [{ name: 'us-east-2', role: 'prober', state, port: edge }];
    const page = (state: string) => servers.http((_, response) => response.end(JSON.stringify({ regions: regions(state) })));
    const local = { aws: false, functions: undefined };
    expect(await from('shop', prober(well), { ...local, port: String(await page('running')) })).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual(['/2015-03-31/functions/twinwatch-prober/invocations', true]);
    expect((await from('shop', prober(well), { ...local, port: String(await page('dark')) })).text).toBe(
      'twinwatch: us-east-2 is dark, so nothing can be probed from there\n',
    );
  });
});
