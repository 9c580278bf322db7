import { unknownName } from '../../../src/core/config/unknown-name';

it.each([
  ['shap', ['shop', 'search'], 'did you mean shop?'],
  ['eu-west-2', ['eu-west-1', 'eu-west-3', 'shop'], 'did you mean eu-west-1 or eu-west-3?'],
  ['anything', ['shop', 'search'], 'there are: shop, search'],
  ['anything', Array.from({ length: 15 }, (_, index) => `m${index}`), 'there are: m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11 and 3 more'],
])('%s among %j: %s', (written, known, expected) => {
  expect(unknownName(written, known)).toMatch(new RegExp(`^there is no monitor, region or incident "${written}"; ${expected.replace('?', '\\?')}$`));
});
