/** Starts everything in order, each step only when the one before held: nothing starts half. */
import { join } from 'node:path';
import { allRegions } from '../src/core/config/config';
import { AlarmBook } from './alarm-book';
import { feedRoutes } from './api/feed-route';
import { localRoutes } from './api/local-routes';
import { orderRoutes } from './api/order-routes';
import { overviewRoutes } from './api/overview-routes';
import { type ApiServer, openApi } from './api/server';
import { whyRoutes } from './api/why-routes';
import { type WidgetParts, widgetRoutes } from './api/widget-route';
import { buildAll } from './build';
import type { Closing } from './closing';
import { refuseFaultyData } from './data-faults';
import { openDataFolder } from './data-folder';
import { Deliveries } from './deliveries';
import { type Demo, openDemo } from './demo';
import { Drills } from './drills/drills';
import type { Place } from './edge-spec';
import { LocalSystem } from './local-system';
import { missingSecrets } from './missing-secrets';
import { startOnlooker } from './onlooker';
import type { UpOptions } from './options';
import type { ProcessBook } from './process-book';
import { type ReadConfig, readConfigFile, trustedConfig } from './read-config';
import { StartRefused } from './refusal';
import { alarmText, type StartedSystem } from './screen';
import type { Voice } from './voice';
import { invokeWidget } from './widget';

export interface UpRequest {
  readonly options: UpOptions;
  /** The project's own folder. */
  readonly root: string;
  readonly voice: Voice;
  /** Collects what must be closed, from the first thing that is opened. */
  readonly closing: Closing;
}

/** Throws StartRefused where the user can mend it. */
export async function up(request: UpRequest): Promise<StartedSystem> {
  const { options, root, voice, closing } = request;
  const { dataFolder, isDemo } = options;
  const own = isDemo ? undefined : readConfigFile(options.configFile);
  const book = await openDataFolder(dataFolder, closing);
  const api = await openPort(request);
  const demo = isDemo ? await openDemo(dataFolder) : undefined;
  if (demo !== undefined) closing.add(() => demo.close());
  const { config, warnings } = own ?? demoConfigOf(demo);
  refuseFaultyData(dataFolder, allRegions(config.regions));
  const secretsFile = demo?.secretsFile ?? options.secretsFile;
  const missing = missingSecrets(config, secretsFile);
  if (missing !== undefined) throw new StartRefused(missing);
  for (const warning of warnings) voice.notice(warning);
  if (options.isIdle)
    voice.notice('idle: nothing is watched; fill the tables with `twinwatch import-table FILE --local`, stop this, and start it without --idle');
  const built = await buildAll({ root, folder: join(dataFolder, 'build'), config });
  const system = await startSystem({
    ...request,
    place: { config, root, dataFolder, built, secretsFile, isIdle: options.isIdle },
    book,
    api,
    demo,
  });
  return { url: `http://127.0.0.1:${api.port}/`, port: api.port, dataFolder, regions: system.regions(), config, isDemo };
}

async function openPort({ options: { port }, root, closing }: UpRequest): Promise<ApiServer> {
  const api = await openApi({ port, pageFolder: join(root, 'local', 'page') });
  if (api === 'in-use') {
    const other = port === 65_535 ? port - 1 : port + 1;
    throw new StartRefused(`port ${port} on 127.0.0.1 is in use; stop what uses it, or choose another one with --port ${other}`);
  }
  closing.add(() => api.close());
  return api;
}

function demoConfigOf(demo: Demo | undefined): ReadConfig {
  if (demo === undefined) throw new Error('a start without a demo has a configuration of its own');
  return trustedConfig(demo.configText, demo.configFile);
}

interface Beginning extends UpRequest {
  readonly place: Place;
  readonly book: ProcessBook;
  readonly api: ApiServer;
  readonly demo: Demo | undefined;
}

async function startSystem({ place, book, api, demo, voice, closing }: Beginning): Promise<LocalSystem> {
  const { config, dataFolder } = place;
  const startedAt = new Date().toISOString();
  const deliveries = new Deliveries();
  const alarms = new AlarmBook();
  const system = new LocalSystem({
    ...place,
    book,
    ...reporting(voice, dataFolder),
    onDelivery: (delivery) => deliveries.add(delivery),
    onAlarm: (region, alarm) => {
      const text = alarmText(region, alarm.name, alarms.hear(region, alarm));
      if (text !== undefined) voice.notice(text);
    },
  });
  const drills = new Drills({ system });
  // Closed in the opposite order: once the regions are being stopped, no drill's end brings one back.
  closing.add(() => drills.endAll());
  closing.add(
    () => system.stop(),
    () => system.killAll(),
  );
  await system.start();
  const onlooker = startOnlooker({ config, urlOf: (region) => system.urlOf(region), onAnnouncement: (announcement) => voice.announcement(announcement) });
  closing.add(() => onlooker.stop());
  const { overview } = onlooker;
  const ofThisMachine = localRoutes({ startedAt, dataFolder, config, system, deliveries, alarms, drills, demo });
  api.serve(
    [
      ...overviewRoutes({ config, overview }),
      ...feedRoutes({ overview, file: join(dataFolder, 'feed.atom') }),
      ...whyRoutes({ overview, monitors: config.monitors.map(({ id }) => id) }),
      ...orderRoutes({ overview }),
      ...widgetRoutes(widgetsOf(system)),
      ...ofThisMachine,
    ],
    () => edgesAtWork(system),
  );
  return system;
}

/** Of the probers, which are the ones that take pings. */
const edgesAtWork = (system: LocalSystem): readonly string[] =>
  system.regions().flatMap(({ role, state, port }) => (role === 'prober' && state === 'running' ? [`http://127.0.0.1:${port}`] : []));

const widgetsOf = (system: LocalSystem): WidgetParts => ({
  regions: () => system.regions(),
  draw: (region, event) => invokeWidget(region, { endpoint: system.urlOf(region), event }),
});

const quietMs = 60_000;

/** A function that fails each minute is told of once a minute at most; its log has every failure. */
function reporting(voice: Voice, dataFolder: string): Pick<ConstructorParameters<typeof LocalSystem>[0], 'onFailure' | 'onLost' | 'onTrouble'> {
  const toldAt = new Map<string, number>();
  const isNews = (what: string): boolean => {
    if (Date.now() - (toldAt.get(what) ?? 0) < quietMs) return false;
    toldAt.set(what, Date.now());
    return true;
  };
  return {
    onTrouble: (region, problem) => {
      if (!isNews(`${region} trouble`)) return;
      voice.notice(
        `${region} cannot keep its data in ${join(dataFolder, region)}: ${problem}. Make room on that disk, or stop and put a copy back; until then it is told as a region whose store is down`,
      );
    },
    onFailure: (region, { function: name, error }) => {
      if (!isNews(`${region} ${name}`)) return;
      voice.notice(`${name} in ${region} failed: ${error.split('\n')[0]?.slice(0, 300)} (log: ${join(dataFolder, region, 'logs', `${name}.log`)})`);
    },
    onLost: (region, pid, end) => voice.notice(`${region} is dark: its edge with pid ${pid} ${end}; bring it back on the page`),
  };
}
