/** A configuration without mistakes → the trusted form that everything else reads. */
import { type Instant, monitorHash, monitorId, regionId } from '../basics/brand';
import { hashHex } from '../basics/hash';
import { minute } from '../basics/time';
import { secretsIn } from '../secret';
import { arrangedIn, belongingOf, feedIn } from './alerts/build';
import { budgetOf } from './budget';
import { canonicalJson } from './canonical';
import { channelKeysIn, channelKindOf } from './channels/channels';
import type { Channel, Config, Monitor, Regions } from './config';
import { parseDuration } from './durations';
import { beatIntervalOf } from './intervals';
import { buildIdentity } from './kinds/identity/identity';
import { kindOf, kindsIn } from './kinds/kinds';
import { compareText } from './mistakes';
import { patienceOf } from './patience';
import { valueAt } from './plain-value';
import type { SourceConfig, SourceMonitor } from './schema';
import { hiddenTexts, withReferences } from './with-references';

export interface Checked {
  /** The file with every reference resolved. */
  readonly config: SourceConfig;
  /** The file as it was written: what may be shown and hashed. */
  readonly source: unknown;
  readonly madeAt: Instant;
}

export function buildConfig({ config, source, madeAt }: Checked): Config {
  const monitors = Object.entries(config.monitors)
    .map(([id, monitor]) => buildMonitor({ id, monitor, config, shown: valueAt(source, ['monitors', id]) }))
    .toSorted((a, b) => compareText(a.id, b.id));
  const built: Omit<Config, 'hash' | 'madeAt'> = {
    regions: buildRegions(config.regions),
    beatIntervalMs: beatIntervalOf(monitors.map(({ intervalMs }) => intervalMs)),
    watch: { tolerateMs: parseDuration(config.watch?.tolerate) ?? minute },
    anchors: config.anchors ?? [],
    network: buildNetwork(config.network),
    channels: Object.entries(config.channels ?? {})
      .map(([name, channel]) => buildChannel(name, channel))
      .toSorted((a, b) => compareText(a.name, b.name)),
    outside: Object.entries(config.outside ?? {})
      .map(([region, { ping }]) => ({ region: regionId(region), pingUrl: ping }))
      .toSorted((a, b) => compareText(a.region, b.region)),
    ...arrangedIn(config),
    monitors,
  };
  return { madeAt, hash: hashOfConfig(built, source), ...built, ...(config.runbook === undefined ? {} : { runbookUrl: config.runbook }), ...feedIn(config) };
}

/** References are hashed as they are written: a hash is shown, and short values could be guessed from it. */
function hashOfConfig(built: Omit<Config, 'hash' | 'madeAt'>, source: unknown): string {
  const written = { anchors: valueAt(source, ['anchors']) ?? [], channels: valueAt(source, ['channels']) ?? {}, outside: valueAt(source, ['outside']) ?? {} };
  return hashHex(
    canonicalJson({
      ...built,
      ...written,
      monitors: built.monitors.map(({ id, hash, budget, group, labels, dependsOn }) => [
        id,
        hash,
        ...(budget === undefined ? [] : [budget.atOnce ?? 0, budget.perSecond ?? 0]),
        ...(group === undefined && labels === undefined && dependsOn === undefined ? [] : [{ group, labels, dependsOn }]),
      ]),
    }),
  );
}

function buildNetwork({ allowPrivate = false, vpc = {} }: NonNullable<SourceConfig['network']> = {}): Config['network'] {
  const places = Object.entries(vpc).map(([region, place]) => ({ region: regionId(region), ...place }));
  return places.length === 0 ? { allowPrivate } : { allowPrivate, vpc: places.toSorted((a, b) => compareText(a.region, b.region)) };
}

function buildRegions({ probers, witness }: SourceConfig['regions']): Regions {
  return { probers: probers.map(regionId), ...(witness === undefined ? {} : { witness: regionId(witness) }) };
}

function buildChannel(name: string, channel: NonNullable<SourceConfig['channels']>[string]): Channel {
  const key = known(channelKeysIn(channel)[0]);
  return channelKindOf(key).build(name, channel[key]);
}

interface Written {
  readonly id: string;
  readonly monitor: SourceMonitor;
  readonly config: SourceConfig;
  /** The monitor as it was written. */
  readonly shown: unknown;
}

function buildMonitor({ id, monitor, config, shown }: Written): Monitor {
  const patience = patienceOf(monitor, config.defaults ?? {});
  const key = known(kindsIn(monitor)[0]);
  const { build, target, isSureAtOnce, addresses } = kindOf(key);
  const [first] = addresses(monitor[key]);
  const budget = budgetOf(first?.leadsTo.host, { all: config.budget, defaults: config.defaults?.budget, own: monitor.budget });
  const written = valueAt(shown, [key]);
  const identity = monitor.identity === undefined ? undefined : buildIdentity(monitor.identity);
  const unhashed = {
    id: monitorId(id),
    intervalMs: known(patience.intervalMs),
    timeoutMs: known(patience.timeoutMs),
    downAfter: isSureAtOnce === true ? (monitor.downAfter ?? 1) : known(patience.downAfter),
    upAfter: isSureAtOnce === true ? (monitor.upAfter ?? 1) : known(patience.upAfter),
    severity: monitor.severity ?? 'page',
    regionsToPage: known(patience.regionsToPage),
    target: target(written),
    probe: build(monitor[key], written, identity),
    ...(monitor.family === undefined ? {} : { family: monitor.family }),
  } as const;
  const forms = { written: { written, identity: valueAt(shown, ['identity']) }, resolved: { written: monitor[key], identity: monitor.identity } };
  const hidden = hiddenTexts(forms);
  const secrets = secretsIn(unhashed.probe);
  const hashed = { ...unhashed, probe: withReferences(unhashed.probe, forms) };
  // How often a host may be asked changes nothing of what is seen: the history of the monitor goes on.
  return {
    ...unhashed,
    ...(budget === undefined ? {} : { budget }),
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...belongingOf(monitor, config),
    hash: monitorHash(hashHex(canonicalJson(hashed))),
  };
}

/** The schema has already made sure of it. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a configuration without mistakes lacks a value');
  return value;
}
