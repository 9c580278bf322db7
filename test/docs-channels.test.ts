import { readFileSync } from 'node:fs';
import { fieldsOf } from '../src/adapters/channels/post/post';
import { instant } from '../src/core/basics/brand';
import { channelKeys, channelKinds } from '../src/core/config/channels/channels';
import { parseConfig } from '../src/core/config/parse-config';
import { notice } from './adapters/channels/receiver';

const page = readFileSync('docs/channels.md', 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [/^`(\w+)`/.exec(section)?.[1], section] as const),
);

interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly options?: readonly { readonly def: Definition }[];
}
const optionsOf = (definition: Definition): readonly string[] =>
  Object.keys(definition.shape ?? definition.options?.find(({ def }) => def.shape !== undefined)?.def.shape ?? {});

it('every kind of channel has a section, in the order in which they are named elsewhere', () => {
  expect([...sections.keys()]).toEqual(channelKeys);
});

it.each(channelKeys)('the section of %s lists its options, and no others', (key) => {
  const listed = [...sections.get(key)!.matchAll(/^- `(\w+)`:/gm)].map(([, name]) => name);
  expect(listed).toEqual(optionsOf(channelKinds[key].schema.def as unknown as Definition));
});

it('every example is a good configuration', () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) {
    const text = `regions: { probers: [eu-west-1, us-east-2] }\nmonitors: { shop: { http: https://shop.example.com/ } }\n${example}`;
    expect(parseConfig({ text, file: 'docs/channels.md', environment: {}, madeAt: instant(0) })).toMatchObject({ kind: 'valid' });
  }
});

it('what a template may name is listed', () => {
  for (const name of Object.keys(fieldsOf(notice()))) expect(sections.get('post')).toContain(`\`${name}\``);
});
