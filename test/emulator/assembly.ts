/** What `cdk synth` made: every stack with its region and its template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Stack {
  readonly name: string;
  readonly region: string;
  /** By their logical ids. */
  readonly resources: Readonly<Record<string, Resource>>;
  all(type: string): readonly Resource[];
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly type: string; readonly environment?: string; readonly properties?: { readonly templateFile?: string } }>
  >;
}

export function readStacks(assembly: string): readonly Stack[] {
  const { artifacts } = read<Manifest>(assembly, 'manifest.json');
  return Object.entries(artifacts).flatMap(([name, { type, environment, properties }]) => {
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const { Resources } = read<{ readonly Resources: Readonly<Record<string, Resource>> }>(assembly, properties.templateFile);
    const region = environment?.split('/').at(-1) ?? '';
    return [{ name, region, resources: Resources, all: (wanted: string) => Object.values(Resources).filter((resource) => resource.Type === wanted) }];
  });
}

const read = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
