/**
 * The demo, seen through to its promises: first verdicts, a broken service told, a cut link that tells nobody, a killed
 * region named, and the memory of it all. Facts that are not so make it fail; times are figures beside their goals.
 */
import type { AnnouncementView, StatusView } from '../src/core/views';
import { type LocalSystem, memoryMb, secondsUntil, startDemo } from './local-system';

interface Figure {
  readonly what: string;
  readonly value: number | undefined;
  readonly goal: number;
  readonly unit: 's' | 'MB' | 'announcements';
}

const isJson = process.argv.includes('--json');
const cutSeconds = 60;
/** What was said of the fault before must have reached every region: whoever does not know of it would say it again. */
const settleSeconds = 10;
const figures: Figure[] = [];
const facts: { readonly fact: string; readonly isSo: boolean }[] = [];

const system = await startDemo();
try {
  await firstVerdicts(system);
  await brokenService(system);
  await cutLink(system);
  await killedRegion(system);
} finally {
  await system.stop();
}
report();

async function firstVerdicts(demo: LocalSystem): Promise<void> {
  const seconds = await secondsUntil(async () => (await status(demo)).monitors.every((monitor) => monitor.verdict === 'up'), 60);
  const sinceStart = (performance.now() - demo.startedAt) / 1000;
  figure({ what: 'start to first verdicts', value: seconds === undefined ? undefined : sinceStart, goal: 15, unit: 's' });
  await pause(30);
  figure({ what: 'idle memory of all processes (PSS)', value: memoryMb(demo.pid), goal: 500, unit: 'MB' });
}

async function brokenService(demo: LocalSystem): Promise<void> {
  await demo.post('/api/services/shop', { broken: true });
  const told = await secondsUntil(async () => (await inbox(demo)).some((message) => message.key === 'shop:availability' && message.kind === 'opened'), 60);
  figure({ what: 'service broken to its webhook', value: told, goal: 14, unit: 's' });
  const page = (await inbox(demo)).find((message) => message.key === 'shop:availability');
  fact('the receiver got a confirmed page about the broken service', page?.condition === 'down' && page.certainty === 'confirmed');
  await demo.post('/api/services/shop', { broken: false });
  const mended = await secondsUntil(async () => (await inbox(demo)).some((message) => message.key === 'shop:availability' && message.kind === 'resolved'), 60);
  figure({ what: 'service mended to its webhook', value: mended, goal: 14, unit: 's' });
}

async function cutLink(demo: LocalSystem): Promise<void> {
  await pause(settleSeconds);
  const before = (await announcements(demo)).length;
  for (const isCut of [true, false]) {
    for (const [from, to] of [
      ['eu-west-1', 'us-east-2'],
      ['us-east-2', 'eu-west-1'],
    ])
      await demo.post('/api/links', { from, to, cut: isCut });
    await pause(isCut ? cutSeconds : 20);
  }
  figure({ what: `a link cut for ${cutSeconds} s`, value: (await announcements(demo)).length - before, goal: 0, unit: 'announcements' });
}

async function killedRegion(demo: LocalSystem): Promise<void> {
  const about = (kind: string) => async (): Promise<boolean> =>
    (await inbox(demo)).some((message) => message.key === 'prober:us-east-2:watch' && message.kind === kind);
  await demo.post('/api/regions/us-east-2', { state: 'dark' });
  figure({ what: 'region killed to its webhook', value: await secondsUntil(about('opened'), 180), goal: 120, unit: 's' });
  const named = async (): Promise<boolean> =>
    (await announcements(demo)).some((announcement) => announcement.subject === 'prober:us-east-2' && announcement.region !== 'us-east-2');
  fact('the page shows that another region named it', (await secondsUntil(named, 10)) !== undefined);
  const unknown = (await status(demo)).monitors.map((monitor) => monitor.regions['us-east-2']?.health);
  fact(
    'what the killed region saw is shown as unknown',
    unknown.every((health) => health === 'unknown'),
  );
  await demo.post('/api/regions/us-east-2', { state: 'running' });
  figure({ what: 'region back to its webhook', value: await secondsUntil(about('resolved'), 120), goal: 60, unit: 's' });
}

function status(demo: LocalSystem): Promise<StatusView> {
  return demo.get('/api/status');
}

function announcements(demo: LocalSystem): Promise<readonly AnnouncementView[]> {
  return demo.get('/api/announcements');
}

/** What the demo's webhook receiver got: the messages inside SNS's envelopes. */
async function inbox(demo: LocalSystem): Promise<readonly Record<string, unknown>[]> {
  const received = await demo.get<{ readonly envelopes: readonly { readonly envelope: { readonly Message: string } }[] }>('/api/inbox');
  return received.envelopes.map(({ envelope }) => JSON.parse(envelope.Message) as Record<string, unknown>);
}

function figure(measured: Figure): void {
  figures.push(measured);
  fact(`${measured.what} came`, measured.value !== undefined);
  if (measured.unit === 'announcements') fact(`${measured.what}: nobody was told`, measured.value === measured.goal);
}

function fact(what: string, isSo: boolean): void {
  facts.push({ fact: what, isSo });
  if (!isJson && !isSo) console.log(`FAIL ${what}`);
}

function report(): void {
  const failed = facts.filter(({ isSo }) => !isSo).length;
  if (isJson) console.log(JSON.stringify({ bench: 'local', figures, facts }));
  else {
    for (const { what, value, goal, unit } of figures)
      console.log(`${what.padEnd(40)} ${(value?.toFixed(1) ?? 'never').padStart(8)} ${unit} (goal: at most ${goal})`);
    console.log(`${facts.length - failed} passed, ${failed} failed`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
