import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parse } from './config-text';

describe('any file at all', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'regions',
      'probers',
      'witness',
      'monitors',
      'shop',
      'http',
      'url',
      'expect',
      'status',
      'within',
      'channels',
      'email',
      'webhook',
      'interval',
    ),
    fc.constantFrom('defaults', 'timeout', 'network', 'allowPrivate', 'anchors', 'watch', 'tolerate', 'tls', 'members', '__proto__', 'constructor', 'toString'),
  );
  const leaf = fc.oneof(
    word,
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', '60s', '2xx', 'https://a.example.com', `\${env:A}`, `\${secret:a}`, 'eu-west-1'),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(word, tie('tree'), { maxKeys: 6 }),
    ),
  }));

  it('is valid, or has mistakes with a place, a problem and an advice; it never breaks the reader', () => {
    fc.assert(
      fc.property(tree, (value) => said(stringify(value))),
      { numRuns: 250 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => said(text)),
      { numRuns: 500 },
    );
  });

  it('that is cut off anywhere still says where', () => {
    const text = readFileSync('twinwatch.yaml', 'utf8');
    for (let end = 0; end < text.length; end += 17) said(text.slice(0, end));
  });

  function said(text: string): void {
    const parsed = parse(text);
    if (parsed.kind === 'valid') return;
    expect(parsed.mistakes.length).toBeGreaterThan(0);
    const lines = text.split('\n').length;
    for (const { line, column, problem, advice } of parsed.mistakes) {
      expect([line >= 1, line <= lines, column >= 1, problem !== '', advice !== '']).toEqual([true, true, true, true, true]);
    }
  }
});
