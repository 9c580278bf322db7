/** Mistakes that no value holds alone: values that quarrel with each other, or with what the network allows. */
import { privateKindOf } from './address-rules';
import { alertFaults } from './alerts/faults';
import { channelDestinations, channelFaults } from './channels/cross-checks';
import { formatDuration, parseDuration } from './durations';
import { familyFaults } from './family-faults';
import { identityFaults } from './kinds/identity/identity';
import type { Destination } from './kinds/kind';
import { kindOf, kindsIn } from './kinds/kinds';
import type { Fault, Path } from './mistakes';
import { outsideFaults } from './outside-faults';
import { patienceOf } from './patience';
import { entriesOf, isMap, listOf, type PlainMap, quoted, valueAt } from './plain-value';
import { hasReference } from './references';
import type { Trees } from './schema-faults';
import { tokenFaults } from './token-faults';
import { parseHttpUrl } from './urls';
import { vpcFaults } from './vpc-pieces';

/** They read what they can, so that one wrong value hides no other mistake. */
export function crossFaults(trees: Trees): readonly Fault[] {
  const root = trees.resolved;
  return [
    ...regionFaults(root),
    ...timeoutFaults(root),
    ...policyFaults(root),
    ...kindFaults(trees),
    ...channelFaults(trees),
    ...tokenFaults(root),
    ...familyFaults(root),
    ...outsideFaults(root),
    ...alertFaults(root),
    ...vpcFaults(root),
    ...(valueAt(root, ['network', 'allowPrivate']) === true ? [] : addressFaults(trees)),
  ];
}

function regionFaults(root: unknown): readonly Fault[] {
  const probers = listOf(valueAt(root, ['regions', 'probers']));
  const witness = valueAt(root, ['regions', 'witness']);
  const twice = probers.flatMap((name, index): Fault[] => {
    if (typeof name !== 'string' || probers.indexOf(name) === index) return [];
    return [{ path: ['regions', 'probers', index], problem: 'this region stands in the list twice', advice: 'write another region, or remove it' }];
  });
  if (typeof witness !== 'string' || !probers.includes(witness)) return twice;
  return [...twice, { path: ['regions', 'witness'], problem: 'the witness also probes', advice: 'write a third region: a witness only watches' }];
}

function timeoutFaults(root: unknown): readonly Fault[] {
  const defaults = mapAt(root, ['defaults']);
  const general = timeoutFault({}, { defaults, path: ['defaults', 'timeout'] });
  const own = entriesOf(valueAt(root, ['monitors'])).flatMap(([id, value]) => {
    const monitor = isMap(value) ? value : {};
    const key = monitor.timeout === undefined ? 'interval' : 'timeout';
    const isGeneral = monitor.timeout === undefined && monitor.interval === undefined;
    return [...(isGeneral ? [] : timeoutFault(monitor, { defaults, path: ['monitors', id, key] })), ...withinFault(id, monitor, defaults)];
  });
  return [...general, ...own];
}

function timeoutFault(monitor: PlainMap, { defaults, path }: { defaults: PlainMap; path: Path }): readonly Fault[] {
  const { intervalMs, timeoutMs } = patienceOf(monitor, defaults);
  if (intervalMs === undefined || timeoutMs === undefined || timeoutMs < intervalMs) return [];
  const problem = `the timeout of ${formatDuration(timeoutMs)} is not shorter than the interval of ${formatDuration(intervalMs)}`;
  return [{ path, problem, advice: `write timeout: ${formatDuration(intervalMs / 2)}, or a longer interval` }];
}

function withinFault(id: string, monitor: PlainMap, defaults: PlainMap): readonly Fault[] {
  const { timeoutMs } = patienceOf(monitor, defaults);
  return kindsIn(monitor).flatMap((key): Fault[] => {
    const withinMs = parseDuration(valueAt(monitor, [key, 'expect', 'within']));
    if (withinMs === undefined || timeoutMs === undefined || withinMs <= timeoutMs) return [];
    const problem = `${formatDuration(withinMs)} is longer than the timeout of ${formatDuration(timeoutMs)}, so it can never be missed`;
    return [{ path: ['monitors', id, key, 'expect', 'within'], problem, advice: `write ${formatDuration(timeoutMs)} or less` }];
  });
}

/** What a kind finds wrong beyond its schema. */
function kindFaults({ source, resolved: root }: Trees): readonly Fault[] {
  const defaults = mapAt(root, ['defaults']);
  return entriesOf(valueAt(root, ['monitors'])).flatMap(([id, monitor]) => {
    if (!isMap(monitor)) return [];
    const patience = patienceOf(monitor, defaults);
    const written = mapAt(source, ['monitors', id]);
    return kindsIn(monitor).flatMap((key) => [
      ...quarrelsOf(key, { id, patience, monitor, written: written[key] }),
      ...identityFaults({ key, provable: kindOf(key).identities?.(monitor[key]) ?? [], monitor, written: written.identity }).map(below(id)),
    ]);
  });
}

const below =
  (id: string) =>
  (fault: Fault): Fault => ({ ...fault, path: ['monitors', id, ...fault.path] });

interface Quarrelling {
  readonly id: string;
  readonly patience: ReturnType<typeof patienceOf>;
  readonly monitor: PlainMap;
  readonly written: unknown;
}

function quarrelsOf(key: ReturnType<typeof kindsIn>[number], { id, ...quarrelling }: Quarrelling): readonly Fault[] {
  const faults = kindOf(key).quarrels?.(quarrelling.monitor[key], quarrelling) ?? [];
  return faults.map((fault) => ({ ...fault, path: ['monitors', id, key, ...fault.path] }));
}

/** More regions than probe can never all fail. */
function policyFaults(root: unknown): readonly Fault[] {
  const probers = listOf(valueAt(root, ['regions', 'probers'])).length;
  const paths: readonly Path[] = [['defaults', 'page'], ...entriesOf(valueAt(root, ['monitors'])).map(([id]) => ['monitors', id, 'page'])];
  return paths.flatMap((path): Fault[] => {
    const wanted = valueAt(root, path);
    if (typeof wanted !== 'number' || probers === 0 || wanted <= probers) return [];
    const problem = `${wanted} regions can never fail where ${probers === 1 ? 'one probes' : `${probers} probe`}`;
    return [{ path, problem, advice: probers === 1 ? 'write all, or add regions' : `write a number up to ${probers}, or all` }];
  });
}

/** Everything in the configuration that leads into a private network. */
function addressFaults({ source, resolved }: Trees): readonly Fault[] {
  return [...monitorDestinations(resolved), ...channelDestinations(resolved), ...urlDestinations(resolved)].flatMap(({ path, leadsTo }): Fault[] => {
    const kind = privateKindOf(leadsTo);
    if (kind === undefined) return [];
    const written = valueAt(source, path);
    const what = hasReference(written) ? `what ${quoted(written)} stands for` : quoted(valueAt(resolved, path));
    return [{ path, problem: `${what} is ${kind}`, advice: 'write a public address, or allow it with `network: { allowPrivate: true }`' }];
  });
}

function monitorDestinations(root: unknown): readonly Destination[] {
  return entriesOf(valueAt(root, ['monitors'])).flatMap(([id, monitor]) =>
    kindsIn(monitor).flatMap((key) =>
      kindOf(key)
        .addresses(valueAt(monitor, [key]))
        .map(({ path, leadsTo }) => ({ path: ['monitors', id, key, ...path], leadsTo })),
    ),
  );
}

function urlDestinations(root: unknown): readonly Destination[] {
  const anchors = listOf(valueAt(root, ['anchors'])).map((_, index) => ['anchors', index]);
  const outside = entriesOf(valueAt(root, ['outside'])).map(([region]) => ['outside', region, 'ping']);
  return [...anchors, ...outside].flatMap((path): Destination[] => {
    const text = valueAt(root, path);
    const leadsTo = typeof text === 'string' ? parseHttpUrl(text) : 'no-url';
    return typeof leadsTo === 'string' ? [] : [{ path, leadsTo }];
  });
}

function mapAt(root: unknown, path: Path): PlainMap {
  const value = valueAt(root, path);
  return isMap(value) ? value : {};
}
