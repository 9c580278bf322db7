/** Mistakes of maintenance, routes and dependencies that no value holds alone. */
import type { Fault, Path } from '../mistakes';
import { nearestName } from '../nearest-key';
import { entriesOf, isMap, listOf, valueAt } from '../plain-value';
import { maintenanceFaults } from './maintenance-faults';

export function alertFaults(root: unknown): readonly Fault[] {
  const known = namesIn(root);
  const named = (path: Path, list: unknown, kind: keyof Known): readonly Fault[] => strangers(list, { path, kind, known: known[kind] });
  const scopes = (section: 'maintenance' | 'routes'): readonly Fault[] =>
    listOf(valueAt(root, [section])).flatMap((one, index) =>
      (['monitors', 'groups'] as const).flatMap((key) => named([section, index, key], valueAt(one, [key]), key)),
    );
  const channels = listOf(valueAt(root, ['routes'])).flatMap((route, index) => [
    ...named(['routes', index, 'channels'], valueAt(route, ['channels']), 'channels'),
    ...listOf(valueAt(route, ['escalate'])).flatMap((step, place) =>
      named(['routes', index, 'escalate', place, 'channels'], valueAt(step, ['channels']), 'channels'),
    ),
  ]);
  const parents = entriesOf(valueAt(root, ['monitors'])).flatMap(([id, monitor]) =>
    named(['monitors', id, 'dependsOn'], valueAt(monitor, ['dependsOn']), 'monitors'),
  );
  const feed = (['monitors', 'groups'] as const).flatMap((key) => named(['feed', key], valueAt(root, ['feed', key]), key));
  return [...scopes('maintenance'), ...maintenanceFaults(root), ...scopes('routes'), ...channels, ...parents, ...circleFaults(root), ...feed];
}

interface Known {
  readonly monitors: readonly string[];
  readonly groups: readonly string[];
  readonly channels: readonly string[];
}

function namesIn(root: unknown): Known {
  const monitors = entriesOf(valueAt(root, ['monitors']));
  const groups = monitors.flatMap(([, monitor]) => (isMap(monitor) && typeof monitor.group === 'string' ? [monitor.group] : []));
  return { monitors: monitors.map(([id]) => id), groups: [...new Set(groups)], channels: entriesOf(valueAt(root, ['channels'])).map(([name]) => name) };
}

interface Among {
  readonly path: Path;
  readonly kind: keyof Known;
  readonly known: readonly string[];
}

const singular: Readonly<Record<keyof Known, string>> = { monitors: 'monitor', groups: 'group', channels: 'channel' };

function strangers(list: unknown, { path, kind, known }: Among): readonly Fault[] {
  return listOf(list).flatMap((name, index): Fault[] => {
    if (typeof name !== 'string' || known.includes(name)) return [];
    const nearest = nearestName(name, known);
    const listed = known.length === 0 ? `there is no ${singular[kind]} at all: remove it` : `write one of ${known.slice(0, 12).join(', ')}`;
    return [
      { path: [...path, index], problem: `there is no ${singular[kind]} "${name}"`, advice: nearest === undefined ? listed : `did you mean ${nearest}?` },
    ];
  });
}

/** Of monitors that wait for each other nobody would ever be woken. */
function circleFaults(root: unknown): readonly Fault[] {
  const parentsOf = new Map(
    entriesOf(valueAt(root, ['monitors'])).map(([id, monitor]) => [id, listOf(valueAt(monitor, ['dependsOn'])).map((name) => String(name))] as const),
  );
  return [...parentsOf.keys()].flatMap((id): Fault[] => {
    const circle = circleFrom(id, parentsOf);
    if (circle === undefined || circle.some((other) => other < id)) return [];
    const problem = circle.length === 1 ? 'a monitor cannot depend on itself' : `these depend on each other: ${[...circle, id].join(' on ')}`;
    return [{ path: ['monitors', id, 'dependsOn'], problem, advice: 'leave out the one that can be well without the other' }];
  });
}

/** The way from a monitor back to itself, if there is one. */
function circleFrom(start: string, parentsOf: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const parent of parentsOf.get(way.at(-1) ?? '') ?? []) {
      if (parent === start) return way;
      if (seen.has(parent)) continue;
      seen.add(parent);
      ways.push([...way, parent]);
    }
  }
  return undefined;
}
