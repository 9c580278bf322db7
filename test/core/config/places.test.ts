// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { formatMistake } from '../../../src/core/config/mistakes';
import { mistakesOf, parse, placesOf, textWith } from './config-text';

describe('broken YAML', () => {
  it.each([
    ['a bracket that is not closed', 'regions: { probers: [eu-west-1\nmonitors: {}\n', 'broken YAML'],
    ['a tab', 'regions:\n\tprobers: []\n', 'indent with spaces'],
    ['a quote that is not closed', 'regions: "eu\n', 'close the quote or bracket'],
    ['a reference without quotes between braces', 'monitors: { a: { http: ${env:X} } }\n', 'put quotes around text with a reference'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'more than one YAML document; keep one'],
    ['a tag', 'a: !foo 3\n', 'remove the tag'],
    ['an alias without anchor', textWith({ anchors: '*nowhere' }), 'the alias *nowhere has no anchor &nowhere before it; write the value out'],
    ['an alias to itself', textWith({ anchors: '&a [*a]' }), 'endless; write the values out'],
    ['a bomb of aliases', bomb(), 'endless; write the values out'],
    ['nesting without end', `a: ${'['.repeat(20_000)}`, 'nested too deeply'],
    ['a list as a key', textWith({ '? [a]\n': '3' }), 'a key is plain text; write a name before the colon'],
  ])('is told: %s', (_, text, said) => {
    expect(mistakesOf(text).join('\n')).toContain(said);
  });

  it('is told with the place of every error, and alone', () => {
    expect(placesOf('regions:\n\tprobers: 3\nfoo: "bar" baz\n')).toEqual(['2:1 ', '3:12 ']);
  });

  it.each(['', '# only a comment\n', '---\n', 'null\n'])('a file that says nothing is told what to say: %j', (text) => {
    expect(mistakesOf(text)).toEqual([expect.stringMatching(/^the file says nothing; write at least `regions:/)]);
  });

  it.each(['- a\n', 'hello\n', '42\n'])('a file that is no map is told so: %j', (text) => {
    expect(mistakesOf(text)).toEqual([expect.stringMatching(/is no map/)]);
  });

  it('a YAML 1.1 directive does not change what words mean', () => {
    expect(mistakesOf(`%YAML 1.1\n---\n${textWith({ network: '{ allowPrivate: yes }' })}`)).toEqual([
      'network.allowPrivate: "yes" is neither true nor false; write true or false',
    ]);
  });
});

describe('the place of a mistake', () => {
  const text = `regions:
  probers:
    - eu-west-1
    - eu-wst-2
monitors:
  checkout:
    http:
      url: https://shop.example.com
      expect: { within: 3 }
    interval: 60
    intervall: 60s
  empty: {}
`;

  it('is that of its key, of its item in a list, or of what should hold it; all in the order of the file', () => {
    expect(placesOf(text)).toEqual([
      '4:7 regions.probers[1]',
      '9:17 monitors.checkout.http.expect.within',
      '10:5 monitors.checkout.interval',
      '11:5 monitors.checkout.intervall',
      '12:3 monitors.empty',
    ]);
  });

  it('is printed so that editors find it', () => {
    const parsed = parse(text);
    expect(parsed.kind === 'invalid' && formatMistake(parsed.mistakes[2]!)).toBe('twinwatch.yaml:10:5 monitors.checkout.interval: 60 has no unit; write 60s');
  });

  it('of a key that stands twice names both lines', () => {
    expect(placesOf('regions: { probers: [eu-west-1] }\nmonitors:\n  a: { http: https://a.example.com }\n  a: { http: https://b.example.com }\n')).toEqual([
      '4:3 monitors.a',
    ]);
    expect(mistakesOf(textWith({ monitors: '\n  a: { http: https://a.example.com }\n  a: { http: https://b.example.com }' }))).toEqual([
      'monitors.a: `a` stands twice, on line 5 and on line 6; give one of them another name, or remove it',
    ]);
  });

  it('holds with other line ends and a byte order mark', () => {
    expect(placesOf(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(placesOf(text));
  });

  it('of an id with dots has a path that can be read', () => {
    expect(mistakesOf(textWith({ monitors: '{ shop.eu: { http: https://a.example.com, interval: 1 } }' }))).toEqual([
      'monitors["shop.eu"].interval: 1 has no unit; write 1s',
    ]);
  });
});

function bomb(): string {
  const lines = ['a: &a0 [1]'];
  for (let level = 1; level < 12; level += 1) lines.push(`k${level}: &a${level} [${new Array(10).fill(`*a${level - 1}`).join(',')}]`);
  return lines.join('\n');
}
