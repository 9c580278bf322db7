/** The door: text of `twinwatch.yaml` → a trusted configuration, or every mistake in it at once. */
import type * as z from 'zod';
import type { Instant } from '../basics/brand';
import { buildConfig } from './build-config';
import type { Config } from './config';
import { crossFaults } from './cross-checks';
import { byPosition, type Fault, type Mistake, type Path, pathKey, pathText } from './mistakes';
import { nameFaults } from './names';
import { type Environment, resolveReferences } from './references';
import { configSchema } from './schema';
import { schemaFaults, type Trees } from './schema-faults';
import { sizeWarnings, warningsFor } from './warnings';
import { readYaml, type YamlText } from './yaml-text';

export interface ConfigText {
  readonly text: string;
  /** The name of the file as the user knows it, for messages. */
  readonly file: string;
  /** Variables that `${env:NAME}` may name. */
  readonly environment: Environment;
  readonly madeAt: Instant;
}

export type ParsedConfig =
  | { readonly kind: 'valid'; readonly config: Config; readonly warnings: readonly Mistake[] }
  | { readonly kind: 'invalid'; readonly mistakes: readonly Mistake[]; readonly warnings: readonly Mistake[] };

export function parseConfig({ text, file, environment, madeAt }: ConfigText): ParsedConfig {
  const yaml = readYaml(text);
  const placed = (faults: readonly Fault[]) => faults.map((fault) => placedFault(fault, file, yaml)).toSorted(byPosition);
  if (yaml.root === undefined || yaml.root === null) return { kind: 'invalid', mistakes: placed(yaml.faults.length > 0 ? yaml.faults : [empty]), warnings: [] };

  const { root, faults: referenceFaults } = resolveReferences(yaml.root, environment);
  const trees: Trees = { source: yaml.root, resolved: root };
  const checked = configSchema.safeParse(root);
  const faults = [...yaml.faults, ...judged(referenceFaults, checked.error?.issues ?? [], trees)];
  const warnings = checked.success ? placed(warningsFor(checked.data)) : [];
  if (!checked.success || faults.length > 0) return { kind: 'invalid', mistakes: placed(faults), warnings };
  const config = buildConfig({ config: checked.data, source: yaml.root, madeAt });
  return { kind: 'valid', config, warnings: [...warnings, ...placed(sizeWarnings(config))] };
}

/**
 * What a reference without a value would have been is not judged, nor are references below unknown keys,
 * nor does a value that is wrong by itself also quarrel with others.
 */
function judged(referenceFaults: readonly Fault[], issues: readonly z.core.$ZodIssue[], trees: Trees): readonly Fault[] {
  const { faults, unknown } = schemaFaults(issues, trees);
  const unresolved = pathsOf(referenceFaults);
  const wrong = pathsOf(faults);
  const isBelowUnknown = (path: Path) => path.some((_, index) => unknown.has(pathKey(path.slice(0, index + 1))));
  const quarrels = crossFaults(trees).filter(({ path }) => !wrong.has(pathKey(path)));
  const others = [...faults, ...nameFaults(trees.resolved), ...quarrels].filter(({ path }) => !unresolved.has(pathKey(path)));
  return [...others, ...referenceFaults.filter(({ path }) => !isBelowUnknown(path))];
}

const pathsOf = (faults: readonly Fault[]): ReadonlySet<string> => new Set(faults.map(({ path }) => pathKey(path)));

const empty: Fault = {
  path: [],
  problem: 'the file says nothing',
  advice: 'write at least `regions: { probers: [eu-west-1, us-east-2] }` and `monitors: { shop: { http: https://shop.example.com/health } }`',
};

function placedFault(fault: Fault, file: string, yaml: YamlText): Mistake {
  return { file, ...yaml.placeOf(fault), path: pathText(fault.path), problem: fault.problem, advice: fault.advice };
}
