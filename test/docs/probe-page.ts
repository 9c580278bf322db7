/** The page of a kind of probe, beside what the schema knows of it. */
import { readFileSync } from 'node:fs';
import { jsonSchemaText } from '../../src/core/config/json-schema';
import type { KindKey } from '../../src/core/config/kinds/kinds';

const pageOf = (kind: KindKey): string => readFileSync(`docs/probes/${kind}.md`, 'utf8');

/** The options that the table of the page explains. */
export function explainedOptions(kind: KindKey): readonly string[] {
  const [, table = ''] = pageOf(kind).split(/^\| option .*\n\|[ -|]*\n/m);
  return [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([\w.]+)` +\|/gm)].map(([, option = '']) => option);
}

/** The first configuration on the page. */
export const exampleOn = (kind: KindKey): string => /^```yaml\n(.*?)^```/ms.exec(pageOf(kind))?.[1] ?? '';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
}

/** All options of a kind, by their path. What has the form of something that was listed before is not listed again. */
export function knownOptions(kind: KindKey): readonly string[] {
  const whole = JSON.parse(jsonSchemaText()) as { properties: { monitors: { additionalProperties: Schema } } };
  const options: string[] = [];
  const forms = new Set(['equals,above,below,atLeast,atMost', 'equals,contains,lacks,matches,matchesNot']);
  const walk = (schema: Schema, path: string): void => {
    for (const [key, below] of Object.entries(propertiesOf(schema))) {
      const form = Object.keys(propertiesOf(below)).join();
      if (below.properties === undefined) options.push(path + key);
      if (form !== '' && !forms.has(form)) walk(below, `${path + key}.`);
      forms.add(form);
    }
  };
  walk(whole.properties.monitors.additionalProperties.properties?.[kind] ?? {}, '');
  return options;
}

const propertiesOf = ({ properties, anyOf = [] }: Schema): Readonly<Record<string, Schema>> =>
  properties ?? anyOf.find((branch) => branch.properties !== undefined)?.properties ?? {};
