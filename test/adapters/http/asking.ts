/** An http monitor as it is written, probed for real. */
import { createProber } from '../../../src/adapters/probes/prober';
import type { Lookup } from '../../../src/adapters/probes/resolve';
import { instant, regionId } from '../../../src/core/basics/brand';
import { formatMistake } from '../../../src/core/config/mistakes';
import { parseConfig } from '../../../src/core/config/parse-config';
import type { Attempt } from '../../../src/core/observation';
import { wakeful } from '../wakeful';

export interface Asking {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly lookup?: Lookup;
  readonly trusted?: string;
  readonly allowPrivate?: boolean;
  readonly tell?: Parameters<typeof createProber>[0]['tell'];
}

/** `http` is what stands below the key, as JSON, which is YAML as well. */
export async function ask(http: unknown, { environment = {}, timeoutMs = 5000, allowPrivate = true, ...options }: Asking = {}): Promise<Attempt> {
  const text = JSON.stringify({ regions: { probers: ['eu-west-1'] }, network: { allowPrivate: true }, monitors: { shop: { http } } });
  const parsed = parseConfig({ text, file: 'twinwatch.yaml', environment, madeAt: instant(0) });
  if (parsed.kind === 'invalid') throw new Error(parsed.mistakes.map(formatMistake).join('\n'));
  const [monitor] = parsed.config.monitors;
  if (monitor === undefined) throw new Error('there is no monitor');
  return wakeful(createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate, ...options })).attempt(monitor, timeoutMs);
}
