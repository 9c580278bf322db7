/** News for the page, as a running demo would tell it: three services, two regions and a witness. */
import type { AnnouncementView, IncidentView, MonitorRegionView, MonitorView, StatusView, WatchView } from '../../src/core/views';

export const [ireland, ohio, frankfurt] = ['eu-west-1', 'us-east-2', 'eu-central-1'] as const;
const second = 1000;
const minute = 60 * second;

/** Such as `ago(90_000)`: an ISO time of that long before now. */
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

export function seen(over: Partial<MonitorRegionView> = {}): MonitorRegionView {
  return { health: 'up', reason: 'ok', detail: '', ageMs: 4 * second, latencyMs: 12, ...over };
}

export const failing = (over: Partial<MonitorRegionView> = {}): MonitorRegionView =>
  seen({ health: 'down', reason: 'status', detail: 'status 503, wanted 2xx', latencyMs: 8, ...over });

export const silentRegion = (ageMs: number): MonitorRegionView => seen({ health: 'unknown', ageMs });

export function monitor(id: string, over: Partial<MonitorView> = {}): MonitorView {
  return {
    id,
    target: `http://127.0.0.1:43${id.length}0/health`,
    verdict: 'up',
    isFlaky: false,
    certainty: 'confirmed',
    since: ago(37 * minute),
    reason: 'every region succeeds',
    regions: { [ireland]: seen({ latencyMs: 11 }), [ohio]: seen({ latencyMs: 96, ageMs: 9 * second }) },
    ...over,
  };
}

export function watch(observer: string, subject: string, over: Partial<WatchView> = {}): WatchView {
  return { observer, subject, state: 'reporting', since: ago(37 * minute), reason: 'local replica fresh, direct read fresh', ageMs: 3 * second, ...over };
}

export function incident(over: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'inc-payments-availability-1',
    key: 'payments:availability',
    subject: 'payments',
    family: 'availability',
    severity: 'page',
    state: 'open',
    condition: 'down',
    certainty: 'confirmed',
    openedAt: ago(2 * minute),
    resolvedAt: null,
    ...over,
  };
}

export function announcement(over: Partial<AnnouncementView> = {}): AnnouncementView {
  return {
    id: 'ann-1',
    incident: 'inc-payments-availability-1',
    subject: 'payments',
    kind: 'opened',
    reason: 'first-speaker',
    at: ago(2 * minute),
    region: ireland,
    channel: 'ops-hook',
    receipt: { level: 'accepted', messageId: '5f0c2b7e-2f0b-4f57-9a5e-0d1f2b3c4d5e', at: ago(2 * minute) },
    channels: [],
    text: 'DOWN payments, confirmed by eu-west-1 and us-east-2',
    ...over,
  };
}

const regions = [ireland, ohio, frankfurt] as const;

export function status(over: Partial<StatusView> = {}): StatusView {
  return {
    now: new Date().toISOString(),
    regions: [
      { name: ireland, role: 'prober', lastBeatAgeMs: 3 * second },
      { name: ohio, role: 'prober', lastBeatAgeMs: 8 * second },
      { name: frankfurt, role: 'witness', lastBeatAgeMs: null },
    ],
    monitors: [monitor('catalogue'), monitor('payments'), monitor('search')],
    watches: regions.flatMap((observer) => [ireland, ohio].filter((subject) => subject !== observer).map((subject) => watch(observer, subject))),
    incidents: [],
    ...over,
  };
}

interface LocalNews {
  readonly regions: readonly Record<string, unknown>[];
  readonly links: readonly { readonly from: string; readonly to: string; readonly cut: boolean; readonly delayMs: number }[];
  readonly [list: string]: unknown;
}

export function local(over: Partial<LocalNews> = {}): LocalNews {
  return {
    startedAt: ago(38 * minute),
    data: '.twinwatch',
    regions: regions.map((name, at) => localRegion(name, at)),
    links: regions.flatMap((from) => regions.filter((to) => to !== from).map((to) => ({ from, to, cut: false, delayMs: 40 }))),
    services: ['catalogue', 'payments', 'search'].map((name) => ({ name, url: `http://127.0.0.1:43${name.length}0/health`, broken: 'no' })),
    channels: [{ name: 'ops-hook', kind: 'webhook', endpoint: 'http://127.0.0.1:4399/hook' }],
    deliveries: [],
    drills: [],
    alarms: [],
    ...over,
  };
}

export function localRegion(name: string, at: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  const pid = 4100 + 10 * at;
  const processes = [
    { name: 'edge', pid },
    { name: 'engine', pid: pid + 1 },
    { name: 'prober', pid: pid + 2 },
  ];
  return { name, role: name === frankfurt ? 'witness' : 'prober', state: 'running', pid, port: 4301 + at, engine: 'dynoxide', processes, ...over };
}
