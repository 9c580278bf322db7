/** The API of a local system that only pretends: regions that are dark or not, links, faults, and one little service. */
import type { AlarmView } from '../../../local/alarm-book';
import { localRoutes } from '../../../local/api/local-routes';
import { type ApiServer, openApi } from '../../../local/api/server';
import type { Faults } from '../../../local/aws/faults';
import { openLittleServer } from '../../../local/demo/little-server';
import { Drills } from '../../../local/drills/drills';
import { Links } from '../../../local/links';
import type { LocalSystem } from '../../../local/local-system';
import type { RegionState, RegionView } from '../../../local/region';
import { type RegionId, regionId } from '../../../src/core/basics/brand';
import type { Config } from '../../../src/core/config/config';
import { askJson } from '../asking';

export const [eu, us, witness] = [regionId('eu-west-1'), regionId('us-east-2'), regionId('eu-central-1')];
export const regions = [eu, us, witness];

/** Regions that are dark or not, and nothing else. */
function pretendSystem() {
  const states = new Map<RegionId, RegionState>(regions.map((name) => [name, 'running']));
  const links = new Links(regions);
  const faults = new Map<RegionId, Partial<Faults>>();
  let canComeBack = true;
  const view = (name: RegionId): RegionView => ({
    name,
    role: name === witness ? 'witness' : 'prober',
    state: states.get(name) ?? 'dark',
    runsSince: null,
    pid: 1,
    port: 2,
    engine: 'dynalite',
    processes: [],
  });
  const system: Pick<LocalSystem, 'regions' | 'links' | 'darken' | 'bringBack' | 'setLink' | 'isCut' | 'setFaults'> = {
    regions: () => regions.map(view),
    links: () => links.list(),
    darken: async (name) => void states.set(name, 'dark'),
    bringBack: async (name) => {
      if (!canComeBack) throw new Error('its port is taken');
      states.set(name, 'running');
    },
    setLink: (link) => links.set(link),
    isCut: (from, to) => links.isCut(from, to),
    setFaults: (name, wrong) => void faults.set(name, wrong),
  };
  return { system, faults, stateOf: (name: RegionId) => states.get(name), breakForGood: () => (canComeBack = false) };
}

export const config = {
  regions: { probers: [eu, us], witness },
  watch: { tolerateMs: 60_000 },
  beatIntervalMs: 10_000,
  monitors: [],
  channels: [
    { kind: 'webhook', name: 'hook', url: 'http://127.0.0.1:1/inbox' },
    { kind: 'email', name: 'mail', address: 'ops@example.com' },
  ],
} as unknown as Config;

export type PretendedApi = Awaited<ReturnType<typeof openPretendedApi>>;

export async function openPretendedApi() {
  const api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  const pretended = pretendSystem();
  const drills = new Drills({ system: pretended.system });
  const shop = await openLittleServer({ name: 'shop', port: 0, probers: [eu, us] });
  const inbox = { url: 'http://127.0.0.1:1/inbox', port: 1, signedUrl: '', signed: () => [], list: () => [], close: async () => undefined };
  let alarms: readonly AlarmView[] = [];
  api.serve(
    localRoutes({
      startedAt: '',
      dataFolder: '/d',
      config,
      system: pretended.system,
      deliveries: { list: () => [] },
      alarms: { list: () => alarms },
      drills,
      demo: { services: [shop], inbox },
    }),
  );
  return {
    port: api.port,
    pretended,
    drills,
    shop,
    sound: (sounding: readonly AlarmView[]) => {
      alarms = sounding;
    },
    post: (path: string, body: unknown) => askJson(api.port, path, body),
    close: async () => {
      await drills.endAll();
      await Promise.all([api.close(), shop.close()]);
    },
  };
}
