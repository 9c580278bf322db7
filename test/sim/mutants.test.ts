import { readFileSync } from 'node:fs';
import { engineWith, mutants } from './mutants';
import { realEngine } from './real-engine';
import { replaced } from './replacement';

const planted = mutants.flatMap((mutant) => (mutant.kind === 'source' ? [[mutant.name, mutant.replacement] as const] : []));

describe('a bug planted on purpose', () => {
  it.each(planted)('%s changes exactly one place of the source', (_name, replacement) => {
    const source = readFileSync(replacement.file, 'utf8');
    expect(replaced(source, replacement)).not.toBe(source);
  });

  it.each([['nowhere'], ['there there']])('is refused where its place is not to be found once: %s', (source) => {
    expect(() => replaced(source, { file: 'some.ts', text: 'there', by: 'here' })).toThrow('some.ts');
  });

  it('is in the engine alone that was asked for', () => {
    expect(engineWith(undefined)).toBe(realEngine);
    expect(engineWith('local replica only')).not.toBe(realEngine);
  });
});
