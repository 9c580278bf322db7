/** Probing from a region: its prober is asked, as by the gate, and what it saw is shown like a probe from here. */
import { createFunctions, type Functions } from '../../src/adapters/lambda/functions';
import type { RegionId } from '../../src/core/basics/brand';
import { unknownProber } from '../../src/core/config/unknown-name';
import type { AskAnswer, Seen } from '../../src/engine/ask';
import { readConfig } from '../deployed/config-of';
import { askRegions } from '../gate/ask-regions';
import { CannotAsk, getJson, readPort } from '../local-http';

export interface FromRegion {
  readonly from: string;
  readonly config: string;
  readonly port: string;
  readonly aws?: boolean | undefined;
}

export interface SeenFrom {
  readonly region: RegionId;
  readonly canaries: AskAnswer['canaries'];
  readonly seen: Seen;
}

/** Throws CannotAsk. `functions` stands in for the deployed ones in tests. */
export async function probeFrom(monitor: string, options: FromRegion, functions?: Functions): Promise<SeenFrom> {
  if (/:\/\//.test(monitor)) throw new CannotAsk(`a region probes what its configuration has, and no URL; name a monitor, or leave out --from ${options.from}`);
  const { region, ask } = options.aws === true ? await deployed(options, functions) : await onThisMachine(options, functions);
  const [asked] = await askRegions(ask, { regions: [region], monitors: [monitor], times: 1, isExplained: true });
  const answer = asked?.answers[0];
  if (answer === undefined) throw new CannotAsk(asked?.trouble ?? `the prober of ${region} was not asked`);
  const seen = answer.seen.find((one) => one.monitor === monitor);
  if (seen !== undefined) return { region, canaries: answer.canaries, seen };
  if (answer.unknown.includes(monitor))
    throw new CannotAsk(`${region} has no monitor "${monitor}" in its configuration; \`twinwatch why ${region}\` says which one it has`);
  throw new CannotAsk(`${monitor} calls us, so no region can probe it`);
}

interface Where {
  readonly region: RegionId;
  readonly ask: Functions;
}

async function deployed({ from, config: file }: FromRegion, functions = createFunctions()): Promise<Where> {
  const config = await readConfig(file);
  return { region: namedIn(config.regions.probers, from), ask: functions };
}

interface LocalView {
  readonly regions: readonly { readonly name: RegionId; readonly role: string; readonly state: string; readonly port: number }[];
}

async function onThisMachine({ from, port }: FromRegion, functions?: Functions): Promise<Where> {
  const { regions } = await getJson<LocalView>(readPort(port), '/api/local');
  const probers = regions.filter(({ role }) => role === 'prober');
  const region = namedIn(
    probers.map(({ name }) => name),
    from,
  );
  const edge = probers.find(({ name }) => name === region);
  if (edge?.state !== 'running') throw new CannotAsk(`${region} is ${edge?.state ?? 'not there'}, so nothing can be probed from there`);
  return { region, ask: functions ?? createFunctions(() => `http://127.0.0.1:${edge.port}`) };
}

function namedIn(probers: readonly RegionId[], from: string): RegionId {
  const region = probers.find((name) => name === from);
  if (region === undefined) throw new CannotAsk(unknownProber(from, probers));
  return region;
}
