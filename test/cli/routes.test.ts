import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { order } from '../../cli/orders';
import { routes } from '../../cli/routes';
import { type ApiServer, openApi } from '../../local/api/server';
import { whyRoutes } from '../../local/api/why-routes';
import { trustedConfig } from '../../local/read-config';
import { createOverview } from '../../src/engine/overview';
import { at, west } from '../core/builders';
import { smallWorld } from '../engine/small-world';

const yaml = `
regions: { probers: [eu-west-1, us-east-2] }
channels: { mail: { email: ops@example.com }, pager: { webhook: https://ops.example.com/hook }, boss: { email: boss@example.com } }
monitors:
  database: { http: https://db.example.com/, severity: ticket }
  shop: { http: https://shop.example.com/, group: web, labels: { team: a }, dependsOn: [database] }
  docs: { http: https://docs.example.com/, severity: note }
routes:
  - { groups: [web], severity: [page], channels: [pager], continue: true, escalate: [{ after: 15m, channels: [boss] }] }
  - { labels: { team: a }, verdict: [down, partial], channels: [mail] }
  - { severity: [ticket], monitors: [shop], channels: [mail] }
maintenance:
  - { monitors: [shop], cron: "0 2 * * SUN", for: 1h, timezone: Europe/Lisbon }
`;

const say = () => undefined;
let folder: string;
let config: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-routes-'));
  config = join(folder, 'twinwatch.yaml');
  await writeFile(config, yaml);
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (monitor: string, time?: string, json = false) => routes(monitor, { config, at: time, json, now: at('12:00'), say });

it('says who is told of each thing that may be said, by which route, and who is called in', async () => {
  const { text, exitCode } = await ask('shop');
  expect(exitCode).toBe(0);
  expect(text.split('\n')).toEqual([
    'monitor    shop',
    'at         2026-11-21 12:00:00 UTC',
    'depends on database: while one of them is down and told, it is not told apart',
    '',
    'down       page: email mail, webhook pager',
    '  because  route 1 (group web, page), which goes on; route 2 (down, partial, team=a)',
    '  then     after 15 min, if nobody has taken it: email boss',
    '',
    'partial    page: email mail, webhook pager',
    '  because  route 1 (group web, page), which goes on; route 2 (down, partial, team=a)',
    '  then     after 15 min, if nobody has taken it: email boss',
    '',
    'flaky      ticket: email mail',
    '  because  route 3 (shop, ticket)',
    '',
  ]);
});

it('says that everybody is told where no route fits, and nobody of a note', async () => {
  expect((await ask('database')).text).toContain('down       ticket: everybody\n  because  no route fits: email boss, email mail, webhook pager\n');
  expect((await ask('docs')).text).toContain('down       note: nobody\n  because  a note is only shown\n');
});

it('says what is quiet at a time, planned or ordered', async () => {
  const planned = 'quiet      maintenance by twinwatch.yaml: nothing new is told before 2026-11-22 03:00:00 UTC\n';
  expect((await ask('shop', '2026-11-22T02:59:59Z')).text).toContain(planned);
  expect((await ask('shop', '2026-11-22T03:00:00Z')).text).not.toContain('quiet');
  const small = smallWorld();
  const aws = { aws: true, config, say, replicaOf: small.world.ports.replica };
  await order('silence', ['docs'], { ...aws, port: '', by: 'ana', for: '1h' });
  const view = JSON.parse((await routes('docs', { ...aws, now: Date.now() + 1000, json: true })).text);
  expect(view).toMatchObject({ monitor: 'docs', quiet: { kind: 'silence', by: 'ana' } });
});

it('asks a local system, which knows what was ordered, and says so when none is there', async () => {
  const small = smallWorld();
  const { config: known } = trustedConfig(yaml, config);
  const options = { config: known, clock: small.world.ports.clock, replicas: [small.world.ports.replica(west)], nameOf: () => 'o1' };
  const overview = createOverview(options);
  await overview.order({ kind: 'silence', of: ['shop'], groups: [], all: false, forMs: 3_600_000, by: 'ana' } as never);
  const api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  api.serve(whyRoutes({ overview, monitors: known.monitors.map(({ id }) => id) }));
  const here = { config: '/there/is/none.yaml', port: String(api.port), now: small.now + 1000, say };
  expect((await routes('shop', here)).text).toContain('quiet      silence by ana: nothing new is told before 2026-11-21 01:10:00 UTC\n');
  expect((await routes('shop', { ...here, at: '2026-11-21T05:00:00Z' })).text).not.toContain('quiet');
  expect(await routes('shap', here)).toEqual({ text: 'twinwatch: there is no monitor "shap"; did you mean shop?\n', exitCode: 2 });
  await api.close();
  expect((await routes('shop', here)).text).toContain('no twinwatch is running on 127.0.0.1:');
});

it('says of a channel what kind it is, also as JSON', async () => {
  const view = JSON.parse((await ask('shop', undefined, true)).text);
  expect(view.kinds).toEqual({ mail: 'email', pager: 'webhook', boss: 'email' });
});

it.each([
  ['shap', undefined, 'twinwatch: there is no monitor "shap"; did you mean shop?\n'],
  ['shop', 'tomorrow', 'twinwatch: "tomorrow" is no time with a zone; write it as in --at 2026-11-21T02:30:00Z\n'],
])('%s at %s says what to write instead', async (monitor, time, text) => {
  expect(await ask(monitor, time)).toEqual({ text, exitCode: 2 });
});
