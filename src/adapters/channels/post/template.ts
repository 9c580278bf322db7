/** Templates in Liquid: they can name what a notice holds, and reach nothing else. */
import { Liquid } from 'liquidjs';

export type Filled = { readonly kind: 'filled'; readonly text: string } | { readonly kind: 'failed'; readonly trouble: string };

/** No file can be included, and no loop can hold up what is to be told. */
const engine = new Liquid({
  strictFilters: true,
  strictVariables: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 100_000,
  renderLimit: 500,
  memoryLimit: 1_000_000,
});

export async function filled(template: string, fields: Readonly<Record<string, unknown>>): Promise<Filled> {
  try {
    return { kind: 'filled', text: await engine.parseAndRender(template, { ...fields }) };
  } catch (error) {
    return { kind: 'failed', trouble: `the template failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
