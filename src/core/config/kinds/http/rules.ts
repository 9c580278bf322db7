/** What the rules of http monitors say when they are broken. */
import { jsonPathTrouble } from '../../json-paths';
import { because } from '../../pieces';
import { isMap, quoted } from '../../plain-value';
import type { RuleWords, Seen } from '../../rules';
import { badStatus } from '../../status-codes';

export type HttpRule =
  | 'http'
  | 'status'
  | 'method'
  | 'line'
  | 'headers'
  | 'header-name'
  | 'body-sent'
  | 'second-body'
  | 'redirects'
  | 'compression'
  | 'pem'
  | 'bytes'
  | 'header-wanted'
  | 'headers-wanted'
  | 'header-wanted-name'
  | 'days-left'
  | 'one-of'
  | 'json-path'
  | 'body'
  | 'version'
  | 'tls-wanted';

export const own = because<HttpRule>;

const rule = (problem: string | ((seen: Seen) => string), advice: string): RuleWords => ({
  advice,
  words: (seen) => ({ problem: typeof problem === 'string' ? `${seen.shown} ${problem}` : problem(seen), advice }),
});

export const httpRules: Readonly<Record<HttpRule, RuleWords>> = {
  http: rule('is neither an address nor a map', 'write an address such as https://shop.example.com/health, or a map with `url`'),
  status: rule(
    ({ value, shown, isReferenced }) => `${isReferenced || !Array.isArray(value) || value.length === 0 ? shown : quoted(badStatus(value))} is no status code`,
    'write 2xx, 204, 200-204, not 204, or a list of those',
  ),
  method: rule('is no method that a monitor may use', 'write GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, in capitals'),
  line: rule('is not text on one line', 'write text, in quotes where it looks like something else'),
  headers: rule('is no map of headers', 'write `name: value` lines below it'),
  'header-name': rule(headerNameProblem, 'write names of headers; how long a body is, and how a connection ends, is our own matter'),
  'body-sent': rule('is nothing that can be sent', 'write text, or `json:` with a value'),
  'second-body': rule('would be a second body', 'keep one of `text` and `json`'),
  redirects: rule('is no number of redirects', 'write a whole number from 0 to 20'),
  compression: rule('is no coding that can be unpacked', 'write gzip, br, deflate or a list of those'),
  pem: rule(() => 'this is not in PEM', `write it by reference, such as "\${env:CLIENT_KEY}", with its BEGIN and END lines`),
  bytes: rule('is no number of bytes that can be kept', 'write a whole number, at most 16777216'),
  'header-wanted': rule('is neither text nor a condition', 'write text, or a map such as { contains: json }'),
  'headers-wanted': rule('is no map of headers', 'write `name: value` lines below it'),
  'header-wanted-name': rule(headerNameProblem, 'write names that headers can have, such as content-type'),
  'days-left': rule('is no number of days', 'write a number, which is the least, or a map such as { above: 21 }'),
  'one-of': rule('holds nothing to choose from', 'write a list of values'),
  'json-path': rule(jsonPathProblem, 'write a path such as $.status'),
  body: rule('is no condition on a body', 'write text that it contains, or a map such as { json: $.status, equals: ok }'),
  version: rule('is no version that can be asked for', 'write "1.0", "1.1" or "2", in quotes, or a list of those'),
  'tls-wanted': rule('says nothing', 'write true, or leave it out'),
};

function headerNameProblem({ value }: Seen): string {
  const names = isMap(value) ? Object.keys(value) : [];
  return `${quoted(names.join(', '))} holds a name that cannot stand here`;
}

function jsonPathProblem({ value, shown, isReferenced }: Seen): string {
  const trouble = isReferenced ? undefined : jsonPathTrouble(value);
  return `${shown} is no path that can be followed in one pass${trouble === undefined ? '' : ` (${trouble})`}`;
}
