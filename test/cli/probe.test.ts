// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, probe } from '../../cli/probe';
import { address, answerTo, nameServers } from '../adapters/name-servers';
import { answering, fixture, startServers } from '../adapters/servers';

const servers = startServers();
const names = nameServers();
const directory = mkdtempSync(join(tmpdir(), 'twinwatch-probe-'));
afterAll(async () => {
  await Promise.all([servers.close(), names.close()]);
  rmSync(directory, { recursive: true });
});

const usual = { config: join(directory, 'twinwatch.yaml'), environment: {} };
const ran = (what: string, asked: Partial<Asked> = {}) => probe(what, { ...usual, ...asked });

function fileWith(monitors: string, network = '{ allowPrivate: true }'): string {
  writeFileSync(usual.config, `regions: { probers: [eu-west-1] }\nnetwork: ${network}\nmonitors:\n${monitors}\n`);
  return usual.config;
}

const startShop = (): Promise<number> =>
  servers.http((request, response) => {
    response.statusCode = request.url === '/bad' ? 503 : 200;
    response.end('all is well');
  });

/** Times differ from run to run, and so do bars. */
const still = (text: string): string =>
  text
    .replace(/[\d.]+ ms/g, '# ms')
    .replace(/ +[█▏]+$/gm, ' ▏')
    .replace(/ +(?=# ms)/g, ' ');

describe('twinwatch probe of a URL', () => {
  it('says that it is up, whom it asked, and where the time went', async () => {
    const port = await startShop();
    const { text, exitCode } = await ran(`http://127.0.0.1:${port}/`);
    expect(exitCode).toBe(0);
    expect(text).toContain(`monitor    url  http  http://127.0.0.1:${port}/\nresult     up\nfrom       this machine  asked 127.0.0.1:${port}\n\ntry        `);
    expect(still(text)).toMatch(/^phases +name # ms ▏$/m);
    expect(still(text)).toMatch(/^ +first byte # ms ▏$/m);
    expect(text).not.toContain('TLS');
  });

  it('tries a failure once more, and says both tries', async () => {
    const port = await startShop();
    const { text, exitCode } = await ran(`http://127.0.0.1:${port}/bad`);
    expect(exitCode).toBe(1);
    expect(text).toContain('result     fails, status: status 503, wanted 2xx: all is well\n');
    expect(text.match(/^try [12] .* ms, status: status 503, wanted 2xx: all is well$/gm)).toHaveLength(2);
  });

  it('says of what recovered that it was the second try', async () => {
    let asked = 0;
    const port = await servers.http((_request, response) => {
      asked += 1;
      response.statusCode = asked === 1 ? 500 : 200;
      response.end();
    });
    const { text, exitCode } = await ran(`http://127.0.0.1:${port}/`);
    expect([exitCode, text.includes('result     up, at the second try\n')]).toEqual([0, true]);
  });

  it('shows every condition with its value, of any kind of probe', async () => {
    const server = await names.start((query) => answerTo(query, { answers: query.questions?.[0]?.type === 'A' ? [address('192.0.2.10')] : [] }));
    const good = await ran(`dns://${server}/shop.example.com`);
    expect(good.text).toContain(`monitor    url  dns  A of shop.example.com at ${server}\nresult     up\n`);
    expect(good.text).toContain('looked at  ✓  rcode                NOERROR, wanted NOERROR\n           ✓  number of A answers  1, wanted at least 1\n');
    const bad = await ran(`dns://${server}/shop.example.com?type=mx`);
    expect(bad.exitCode).toBe(1);
    expect(bad.text).toContain('✗  number of MX answers  0, wanted at least 1\n');
  });

  it('lets nobody who is probed command the terminal', async () => {
    const server = await names.start((query) => answerTo(query, { answers: [{ type: 'TXT', name: 'a.example', data: '\u001b[2Jgone\u202e' }] }));
    fileWith(`  a: { dns: { name: a.example, type: TXT, resolver: "${server}", expect: { answers: { lacks: x } } } }`);
    const { text } = await ran('a');
    expect(text).toContain('✓  answers  [2Jgone, wanted not to contain x\n');
  });

  it('shows the certificate, good or bad', async () => {
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    const trusted = fixture('authority.pem');
    const good = await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\n\r\nyes'));
    const { text, exitCode } = await ran(`https://shop.test:${good}/`, { lookup, trusted });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^looked at +certificate of +shop\.test/m);
    expect(text).toMatch(/^ +days left +[\d.]+, until .* GMT$/m);
    const expired = await servers.tls('expired.pem', answering('HTTP/1.1 200 OK\r\n\r\nyes'));
    const bad = await ran(`https://shop.test:${expired}/`, { lookup, trusted });
    expect(bad.text).toMatch(/^result +fails, tls-expired: /m);
    expect(bad.text).toMatch(/^ +days left +-[\d.]+, until .* GMT$/m);
  });

  it.each([
    ['ftp://shop.example.com/', /^twinwatch: ftp:\/\/ cannot be probed; write http:\/\/, https:\/\/, .*dns:\/\/.*, or the name of a monitor\n$/],
    ['constructor://x', /^twinwatch: constructor:\/\/ cannot be probed; /],
    ['http://', /^twinwatch: http:\/\/: .*no host/],
    ['dns://192.0.2.53/shop example', /^twinwatch: dns:.*"shop example" is no name that DNS can hold; /],
    ['https://${env:HOST}/', /^twinwatch: a URL on the command line holds no references; /],
  ])('that means nothing is refused: %s', async (url, expected) => {
    expect(await ran(url)).toEqual({ exitCode: 2, text: expect.stringMatching(expected) });
  });
});

describe('twinwatch probe of a configuration', () => {
  it('probes the one monitor that is named, and shows references instead of what they stand for', async () => {
    const port = await startShop();
    fileWith('  shop: { http: "http://127.0.0.1:${env:PORT}/" }\n  bad: { http: "http://127.0.0.1:${env:PORT}/bad" }');
    const { text, exitCode } = await ran('shop', { environment: { PORT: `${port}` } });
    expect(exitCode).toBe(0);
    expect(text).toContain('monitor    shop  http  http://127.0.0.1:${env:PORT}/\n');
    expect(text).not.toContain('bad');
  });

  it('probes all monitors of a file; one that fails decides', async () => {
    const port = await startShop();
    const file = fileWith(`  shop: { http: "http://127.0.0.1:${port}/" }\n  bad: { http: "http://127.0.0.1:${port}/bad" }`);
    const { text, exitCode } = await ran(file);
    expect(exitCode).toBe(1);
    expect(text.match(/^(monitor|result) .*/gm)).toEqual([
      `monitor    bad  http  http://127.0.0.1:${port}/bad`,
      'result     fails, status: status 503, wanted 2xx: all is well',
      `monitor    shop  http  http://127.0.0.1:${port}/`,
      'result     up',
    ]);
  });

  it('keeps to where the configuration lets probes lead, and a probe that was not made is no failure', async () => {
    fileWith('  shop: { http: "http://shop.test/" }', '{ allowPrivate: false }');
    const { text, exitCode } = await ran('shop', { lookup: async () => [{ address: '127.0.0.1', family: 4 }] });
    expect(exitCode).toBe(2);
    expect(text).toMatch(/^result +could not be probed, address-refused: shop\.test leads to 127\.0\.0\.1, which is not a public/m);
  });

  it('says to programs all that it says to people', async () => {
    const port = await startShop();
    fileWith(`  shop: { http: "http://127.0.0.1:${port}/bad", timeout: 2s }`);
    const { text } = await ran('shop', { json: true });
    const attempt = { reason: 'status', detail: 'status 503, wanted 2xx: all is well', address: `127.0.0.1:${port}`, findings: expect.any(Array) };
    expect(JSON.parse(text)).toEqual({
      from: 'this machine',
      probes: [
        {
          monitor: 'shop',
          kind: 'http',
          target: `http://127.0.0.1:${port}/bad`,
          timeoutMs: 2000,
          outcome: 'failed',
          reason: 'status',
          detail: 'status 503, wanted 2xx: all is well',
          latencyMs: expect.any(Number),
          attempts: [1, 2].map(() => ({ ...attempt, phases: expect.objectContaining({ tlsMs: 0, dnsMs: expect.any(Number) }) })),
        },
      ],
    });
  });

  it('explains when a failure counts, where that is asked', async () => {
    const port = await startShop();
    fileWith(`  shop: { http: "http://127.0.0.1:${port}/", timeout: 2s, downAfter: 3 }`);
    const { text } = await ran('shop', { explain: true });
    expect(text).toContain('given up after 2s, probed every 1m from every region');
    expect(text).toContain('down after 3 failing samples in a row');
    expect(text).toContain('first byte  the question was sent, and the answer began');
    expect(text).toMatch(/✓ +limit +a body of \d+ bytes, wanted at most 1048576\n/);
    expect(text).not.toContain('wanted any');
  });

  it('says whether it is proven who answered', async () => {
    const port = await servers.http((request, response) => {
      if (request.url !== '/plain') response.setHeader('x-instance', 'shop-1');
      response.statusCode = request.url === '/bad' ? 503 : 200;
      response.end();
    });
    const monitor = (path: string, equals: string) => `{ http: "http://127.0.0.1:${port}${path}", identity: { header: x-instance, equals: ${equals} } }`;
    fileWith(
      `  right: ${monitor('/', 'shop-1')}\n  bad: ${monitor('/bad', 'shop-1')}\n  wrong: ${monitor('/', 'shop-2')}\n  plain: ${monitor('/plain', 'shop-1')}`,
    );
    const saidOf = async (id: string) => /^identity +(.*)$/m.exec((await ran(id)).text)?.[1];
    expect(await saidOf('right')).toBe('proven, by the header x-instance: shop-1');
    expect(await saidOf('bad')).toBe('proven, by the header x-instance: shop-1');
    expect(await saidOf('wrong')).toBe('somebody else answered: shop-1');
    expect(await saidOf('plain')).toBe('not proven: the answer has no header x-instance');
    const { probes } = JSON.parse((await ran('plain', { json: true })).text);
    expect(probes[0].identity).toEqual({ isProven: false, words: 'not proven: the answer has no header x-instance' });
  });

  it('says of whoever calls us that there is nothing to probe, and probes the others', async () => {
    const port = await startShop();
    fileWith(`  beat: { heartbeat: { every: 1h, grace: 5m, token: "\${env:TOKEN}" } }\n  shop: { http: "http://127.0.0.1:${port}/" }`);
    const environment = { TOKEN: 'abcdefghijklmnopqrstuvwxyz' };
    const all = await ran(usual.config, { environment });
    expect([all.exitCode, all.text]).toEqual([
      0,
      expect.stringMatching(/^monitor +beat .*\nresult +not probed: it calls us; `twinwatch why beat` says when it last did$/m),
    ]);
    expect(JSON.parse((await ran(usual.config, { environment, json: true })).text)).toMatchObject({ probes: [{ monitor: 'shop' }], notProbed: ['beat'] });
    const alone = await ran('beat', { environment });
    expect(alone).toEqual({ exitCode: 2, text: 'twinwatch: beat cannot be probed: it calls us; `twinwatch why beat` says when it last did\n' });
  });

  it('says what is wrong instead of probing', async () => {
    fileWith('  shop: { http: https://shop.example.com/ }');
    expect((await ran('shpo')).text).toBe(`twinwatch: there is no monitor in ${usual.config}, file or URL "shpo"; did you mean shop?\n`);
    expect((await ran('shop', { config: 'nowhere.yaml' })).text).toMatch(
      /^twinwatch: nowhere\.yaml cannot be read: .*; name the configuration with --config, or write a URL\n$/,
    );
    expect((await ran('shop.example.com/health')).text).toMatch(/; a URL begins with its scheme: https:\/\/shop\.example\.com\/health\n$/);
    expect((await ran('shop.example.com:25')).text).toMatch(
      /scheme: http:\/\/shop\.example\.com:25, or tcp:\/\/shop\.example\.com:25 for a connection alone\n$/,
    );
    fileWith('  shop: { http: 7 }');
    expect(await ran('shop')).toEqual({
      exitCode: 2,
      text: expect.stringMatching(/has mistakes \(.*monitors\.shop\.http: .*\); `twinwatch check .*` says them all\n$/),
    });
  });
});
