/** What a file may not say, and what stays as it stands. */
import { good, type Proofs, refusedHttp } from '../proof';

const shell = '$HOME `id` $(id) ; rm -rf x';

export const configuration: Proofs = {
  P120: refusedHttp('invalid_extra_field: 1', 'unknown key `invalid_extra_field`'),
  P126: refusedHttp('expect: { body: { matchesNot: ":[" } }', '":[" is no pattern'),
  P128: refusedHttp('compression: gzip, headers: { Accept-Encoding: "*;q=0.0" }', 'the header accept-encoding is our own matter'),
  P130: refusedHttp('body: { text: x, json: y }', 'would be a second body'),
  P246: refusedHttp('expect: { status: [30a, 404] }', '"30a" is no status code'),
  P248: refusedHttp('expect: { status: [301, 200-299-400] }', '"200-299-400" is no status code'),
  P324: good(({ headers }, response) => response.end(headers['x-name']), { headers: { 'x-name': shell }, expect: { body: { equals: shell } } }),
};
