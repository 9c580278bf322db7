/** The whole local system on that target, and the ways to take a region's eyes: to freeze all its processes, or to kill them. */
import type { RegionView } from '../../local/region';
import type { ReportView } from '../../src/core/views';
import { startOwnUp } from '../peers/own-up';
import type { LittleWeb } from './little-web';

export interface OwnSystem {
  /** Takes the eyes of these regions, and gives them back when the returned function is called. */
  blind(how: 'freeze' | 'kill', regions: readonly string[]): Promise<() => Promise<void>>;
  report(from: number, to: number): Promise<ReportView>;
  isCalm(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startOwnSystem(web: LittleWeb): Promise<OwnSystem> {
  const { api, get, stop } = await startOwnUp('blind', configOf(web));
  return {
    blind: async (how, names) => {
      const { regions } = await get<{ readonly regions: readonly RegionView[] }>('/api/local');
      const victims = regions.filter(({ name }) => names.includes(name));
      if (how === 'freeze') return freeze(victims);
      for (const { name } of victims) await setRegion(api, name, 'dark');
      return async () => {
        for (const { name } of victims) await setRegion(api, name, 'running');
      };
    },
    report: (from, to) => get(`/api/report?monitor=shop&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`),
    isCalm: async () => {
      const status = await get<{ readonly monitors: readonly { readonly verdict: string }[]; readonly incidents: readonly { readonly state: string }[] }>(
        '/api/status',
      );
      return status.monitors.every(({ verdict }) => verdict === 'up') && status.incidents.every(({ state }) => state === 'resolved');
    },
    stop,
  };
}

function freeze(victims: readonly RegionView[]): () => Promise<void> {
  const pids = victims.flatMap(({ pid, processes }) => [...(pid === null ? [] : [pid]), ...processes.map((one) => one.pid)]);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return async () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

async function setRegion(api: string, name: string, state: 'dark' | 'running'): Promise<void> {
  const answer = await fetch(`${api}/api/regions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ state }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}

const configOf = ({ target, anchor, hook }: LittleWeb): string => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
defaults: { interval: 5s, timeout: 2s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 10s }
anchors: ["${anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
  shop: { http: { url: "${target}", expect: { status: 200 } } }
`;
