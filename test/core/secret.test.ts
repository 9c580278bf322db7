// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { secretPlace, secretsIn, withSecrets } from '../../src/core/secret';

describe('a reference to a secret', () => {
  it.each([
    ['twinwatch/pager', { store: 'secrets-manager', name: 'twinwatch/pager' }],
    ['twinwatch/pager#key', { store: 'secrets-manager', name: 'twinwatch/pager', field: 'key' }],
    ['ssm:/twinwatch/pager', { store: 'parameter-store', name: '/twinwatch/pager' }],
    ['ssm:pager#key', { store: 'parameter-store', name: 'pager', field: 'key' }],
  ])('%s leads to a place', (reference, place) => {
    expect(secretPlace(reference)).toEqual(place);
  });

  it.each(['', '#key', 'pager#', 'pager#a#b', 'pa ger', 'ssm:', 'ssm:/', 'ssm:a//b', 'arn:aws:secretsmanager:eu-west-1:1:secret:x*', 'x?'])(
    '"%s" leads nowhere',
    (reference) => {
      expect(secretPlace(reference)).toBeUndefined();
    },
  );

  it('is found anywhere, once, and replaced by what was read; the rest stays the very same', () => {
    const value = { a: ['x ${secret:one} ${secret:two}', { b: '${secret:one}' }], rest: { deep: [1, null, 'x'] } };
    expect(secretsIn(value)).toEqual(['one', 'two']);
    const put = withSecrets(value, new Map([['one', '1$&']]));
    expect(put).toEqual({ a: ['x 1$& ${secret:two}', { b: '1$&' }], rest: { deep: [1, null, 'x'] } });
    expect(put.rest).toBe(value.rest);
  });

  it('is not looked for in what a secret says', () => {
    expect(
      withSecrets(
        '${secret:one}',
        new Map([
          ['one', '${secret:two}'],
          ['two', 'no'],
        ]),
      ),
    ).toBe('${secret:two}');
  });
});
