/** Our own local system on the targets, with an ordinary configuration, and when its records say that it concluded what. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnUp, startOwnUp } from '../peers/own-up';
import type { Watch } from './peers';

export const probers = ['eu-west-1', 'us-east-2'] as const;

/** When a region wrote down that a target is down or well, by which slots of which regions. */
export interface Concluded {
  readonly region: string;
  readonly by: string;
  readonly target: string;
  readonly state: 'down' | 'well';
  readonly atMs: number;
}

export interface Own {
  readonly configText: string;
  isCalm(): Promise<boolean>;
  concluded(): readonly Concluded[];
  stop(): Promise<void>;
}

/** A timeout and the samples needed are those by default, which stand here to be seen. Its cap on messages is made for people, and would gather ours. */
export const configOf = ({ hook, intervalMs, timeoutMs, failures, targets }: Omit<Watch, 'folder'>, anchor: string): string =>
  `regions: { probers: [${probers.join(', ')}], witness: eu-central-1 }
defaults: { interval: ${intervalMs / 1000}s, timeout: ${timeoutMs / 1000}s, downAfter: ${failures}, upAfter: ${failures} }
cap: { messages: 1000, within: 10m }
anchors: ["${anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
${targets.map(({ name, url }) => `  ${name}: { http: { url: "${url}", expect: { status: 200 } } }`).join('\n')}
`;

export async function startOwn(configText: string): Promise<Own> {
  const up = await startOwnUp('page', configText);
  return { configText, isCalm: () => isCalm(up), concluded: () => concludedIn(up.dataFolder), stop: up.stop };
}

async function isCalm({ get }: OwnUp): Promise<boolean> {
  const { monitors, incidents } = await get<{
    readonly monitors: readonly { readonly verdict: string }[];
    readonly incidents: readonly { readonly state: string }[];
  }>('/api/status');
  return monitors.every(({ verdict }) => verdict === 'up') && incidents.every(({ state }) => state === 'resolved');
}

/** From the diaries of both functions of each region. */
function concludedIn(dataFolder: string): readonly Concluded[] {
  return probers.flatMap((region) =>
    (['prober', 'watchdog'] as const).flatMap((by) => {
      const file = join(dataFolder, region, 'logs', `twinwatch-${by}.log`);
      const lines = [`${file}.1`, file].flatMap((name) => (existsSync(name) ? readFileSync(name, 'utf8').split('\n') : []));
      return lines.flatMap((line) => concludedOf(line, region, by) ?? []);
    }),
  );
}

export function concludedOf(line: string, region: string, by: string): Concluded | undefined {
  if (!line.includes('"what":"concluded"')) return undefined;
  const note = JSON.parse(line) as { readonly at: string; readonly kind: string; readonly key: string };
  const [target = '', family] = note.key.split(':');
  if (family !== 'availability' || (note.kind !== 'opened' && note.kind !== 'resolved')) return undefined;
  return { region, by, target, state: note.kind === 'opened' ? 'down' : 'well', atMs: Date.parse(note.at) };
}
