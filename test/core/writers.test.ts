import { regionId } from '../../src/core/basics/brand';
import { isOwnPartition, type Writer, writerIn, writerRegion } from '../../src/core/table';

const region = regionId('eu-west-1');

describe('who writes a partition', () => {
  it.each([
    ['HEAD#eu-west-1', 'eu-west-1'],
    ['HEAD#eu-west-1@us-east-2', 'eu-west-1@us-east-2'],
    ['BEAT#eu-west-1#0#2026-11-21T04', 'eu-west-1'],
    ['LOG#eu-west-1@us-east-2#2026-11', 'eu-west-1@us-east-2'],
    ['HEAD#', ''],
    ['HEAD', undefined],
  ])('is named after its kind: %s', (pk, writer) => {
    expect(writerIn(pk)).toBe(writer);
  });

  it('is the same region wherever it wrote', () => {
    expect(writerRegion('eu-west-1' as Writer)).toBe(region);
    expect(writerRegion('eu-west-1@us-east-2' as Writer)).toBe(region);
  });

  it('owns what it wrote at home, and nothing else', () => {
    expect(isOwnPartition('LOG#eu-west-1#2026-11', region)).toBe(true);
    expect(isOwnPartition('LOG#eu-west-1@us-east-2#2026-11', region)).toBe(false);
    expect(isOwnPartition('LOG#eu-west-10#2026-11', region)).toBe(false);
  });
});
