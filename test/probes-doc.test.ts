/** docs/probes.md has every option of http, and of who must answer, with its description in the schema, and no other; every other kind has a page of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaText } from '../src/core/config/json-schema';
import { kindKeys } from '../src/core/config/kinds/kinds';

interface Node {
  readonly description?: string;
  readonly not?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
}

/** Options below a key, such as `expect.body[].json`, with what they mean. */
function optionsOf(node: Node, path: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (options: ReadonlyMap<string, string>): void => {
    for (const [name, text] of options) if ((found.get(name) ?? '') === '') found.set(name, text);
  };
  if (path !== '') found.set(path, node.description ?? '');
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (child.not === undefined) add(optionsOf(child, path === '' ? key : `${path}.${key}`));
  }
  for (const form of [...(node.anyOf ?? []), ...(node.items === undefined ? [] : [node.items])]) add(optionsOf(form, path));
  if (typeof node.additionalProperties === 'object') add(optionsOf(node.additionalProperties, `${path}.<name>`));
  return found;
}

const document = readFileSync(join(__dirname, '../docs/probes.md'), 'utf8');
const monitor: Node = JSON.parse(jsonSchemaText()).properties.monitors.additionalProperties;

describe.each(['http', 'identity'])('docs/probes.md', (kind) => {
  const section = document.split(/^## /m).find((text) => text.startsWith(`\`${kind}\`\n`)) ?? '';
  const rows = [...section.matchAll(/^\| `([^`]+)` +\| (.*?) +\|/gm)].map(([, option = '', text = '']) => [option, text]);
  const options = [...optionsOf(monitor.properties?.[kind] ?? {}, '')].map(([option, text]) => [option, text.replaceAll('|', '\\|')]);

  it(`says every option of ${kind} in the words of the schema`, () => {
    expect(rows).toEqual(options);
  });

  it(`has an option of ${kind} without words nowhere`, () => {
    expect(options.filter(([, text]) => text === '').map(([option]) => option)).toEqual([]);
  });
});

/** What stands below `of` is that of the kind that is asked. */
it.each(['members', 'grpc'])('docs/probes/%s.md says every option of its own in the words of the schema', (kind) => {
  const page = readFileSync(join(__dirname, `../docs/probes/${kind}.md`), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| (.*?) +\|/gm)].map(([, option = '', text = '']) => [option, text]);
  expect(rows).toEqual([...optionsOf(monitor.properties?.[kind] ?? {}, '')].filter(([option]) => !option.startsWith('of.')));
});

it.each(kindKeys.filter((kind) => kind !== 'http'))('leads to the page of %s', (kind) => {
  expect(document).toContain(`[\`${kind}\`](probes/${kind}.md)`);
  expect(existsSync(join(__dirname, `../docs/probes/${kind}.md`))).toBe(true);
});
