/** The truth of this machine, which the regions themselves cannot know, and the ways to put a fault in and take it out. */
import { shownEndpoint } from '../../src/core/config/channels/channel';
import type { Channel, Config } from '../../src/core/config/config';
import { promisesOf } from '../../src/core/promises';
import type { AlarmBook, AlarmView } from '../alarm-book';
import type { Deliveries } from '../deliveries';
import type { Demo } from '../demo';
import type { Drills } from '../drills/drills';
import type { LocalSystem } from '../local-system';
import type { RegionView } from '../region';
import { type Answer, refused } from './answer';
import { drillRoutes } from './drill-routes';
import type { Fields } from './json-body';
import { readRegion } from './region-name';
import type { Route } from './route';

export interface LocalParts {
  readonly startedAt: string;
  readonly dataFolder: string;
  readonly config: Config;
  readonly system: Pick<LocalSystem, 'regions' | 'links' | 'darken' | 'bringBack' | 'setLink'>;
  readonly deliveries: Pick<Deliveries, 'list'>;
  readonly alarms: Pick<AlarmBook, 'list'>;
  readonly drills: Pick<Drills, 'begin' | 'renew' | 'end' | 'list'>;
  readonly demo: Pick<Demo, 'services' | 'inbox'> | undefined;
}

export function localRoutes(parts: LocalParts): readonly Route[] {
  return [
    { method: 'GET', path: '/api/local', answer: () => ({ status: 200, body: localView(parts) }) },
    { method: 'GET', path: '/api/inbox', answer: () => inbox(parts) },
    { method: 'POST', path: '/api/services/:name', answer: ({ name, body }) => setService(parts, name, body) },
    { method: 'POST', path: '/api/regions/:name', answer: ({ name, body }) => setRegion(parts, name, body) },
    { method: 'POST', path: '/api/links', answer: ({ body }) => setLink(parts, body) },
    ...drillRoutes(parts),
  ];
}

function localView({ startedAt, dataFolder, config, system, deliveries, alarms, drills, demo }: LocalParts): unknown {
  return {
    startedAt,
    data: dataFolder,
    tolerateMs: config.watch.tolerateMs,
    beatIntervalMs: config.beatIntervalMs,
    promises: promisesOf(config),
    regions: system.regions(),
    links: system.links(),
    services: demo?.services.map(({ name, url, broken }) => ({ name, url, broken })) ?? [],
    channels: config.channels.map(channelView),
    deliveries: deliveries.list(),
    alarms: alarmsThatRun(alarms.list(), system.regions()),
    drills: drills.list(),
  };
}

/** With a region its CloudWatch is gone, and what it said last is no news. */
function alarmsThatRun(alarms: readonly AlarmView[], regions: readonly RegionView[]): readonly AlarmView[] {
  const running = new Set(regions.flatMap(({ name, state }) => (state === 'running' ? [name] : [])));
  return alarms.filter(({ region }) => running.has(region));
}

const channelView = (channel: Channel): unknown => ({
  name: channel.name,
  kind: channel.kind,
  endpoint: shownEndpoint(channel),
});

function inbox({ demo }: LocalParts): Answer {
  if (demo === undefined) return refused(404, 'only the demo has an inbox; start it with twinwatch up --demo');
  return { status: 200, body: { url: demo.inbox.url, envelopes: demo.inbox.list(), signed: demo.inbox.signed() } };
}

function setService({ demo, config }: LocalParts, name: string, { broken, region }: Fields): Answer {
  const services = demo?.services ?? [];
  const service = services.find((known) => known.name === name);
  if (service === undefined)
    return refused(404, services.length === 0 ? onlyDemo : `there is no service "${name}"; there are: ${services.map(nameOf).join(', ')}`);
  if (typeof broken !== 'boolean') return refused(400, 'say {"broken": true} or {"broken": false}, and "region" where only one region shall see it');
  const { probers } = config.regions;
  if (region !== undefined && !probers.some((prober) => prober === region)) {
    return refused(400, `"${region}" is no region that probes; there are: ${probers.join(', ')}`);
  }
  service.setBroken(broken, typeof region === 'string' ? region : undefined);
  return { status: 200, body: { name, url: service.url, broken: service.broken } };
}

const onlyDemo = 'only the demo has services of its own; start it with twinwatch up --demo';

async function setRegion({ system, drills }: LocalParts, name: string, { state }: Fields): Promise<Answer> {
  const region = readRegion(system.regions(), name);
  if (region.kind === 'unknown') return refused(404, region.sentence);
  if (state !== 'dark' && state !== 'running') return refused(400, 'say {"state": "dark"} or {"state": "running"}');
  const drill = drills.list().find(({ kind, what }) => (kind === 'kill' || kind === 'both') && what.split(' + ').includes(name));
  if (drill !== undefined) return refused(409, `a drill holds ${name} dark since ${drill.startedAt}; end the drill instead`);
  await (state === 'dark' ? system.darken(region.name) : bringBack(system, region.name));
  return { status: 200, body: system.regions().find((view) => view.name === name) };
}

async function bringBack(system: LocalParts['system'], name: Parameters<LocalSystem['bringBack']>[0]): Promise<void> {
  try {
    await system.bringBack(name);
  } catch (error) {
    throw new Error(`${name} did not come back: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function setLink({ system }: LocalParts, { from, to, cut }: Fields): Answer {
  const ends = [readRegion(system.regions(), from), readRegion(system.regions(), to)] as const;
  for (const end of ends) if (end.kind === 'unknown') return refused(400, end.sentence);
  if (from === to) return refused(400, 'a link leads from one region to another; "from" and "to" are the same');
  if (typeof cut !== 'boolean') return refused(400, 'say {"from": …, "to": …, "cut": true} or {"cut": false}');
  const [one, other] = ends;
  if (one.kind === 'known' && other.kind === 'known') system.setLink({ from: one.name, to: other.name, cut });
  return { status: 200, body: system.links().find((link) => link.from === from && link.to === to) };
}

const nameOf = ({ name }: { readonly name: string }): string => name;
