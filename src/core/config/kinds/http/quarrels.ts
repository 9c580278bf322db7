/** What quarrels inside one http monitor, and what is allowed and worth a second thought. */
import type { Fault, Path } from '../../mistakes';
import { entriesOf, isMap, listOf, valueAt } from '../../plain-value';
import { parseHttpUrl } from '../../urls';
import { secretFaults, tlsOptionFaults } from '../tls-options';

export function httpQuarrels(value: unknown, { written }: { readonly written: unknown }): readonly Fault[] {
  if (!isMap(value)) return [];
  return [
    ...secretFaults(written, [...secretPaths, ...headerPaths(written)]),
    ...authFaults(value),
    ...bodyFaults(value),
    ...tlsFaults(value),
    ...emptyFaults(value),
  ];
}

const secretPaths: readonly Path[] = [['basic', 'password'], ['bearer'], ['oauth2', 'secret'], ['tls', 'key'], ['proxy', 'basic', 'password']];

const headerPaths = (written: unknown): readonly Path[] =>
  entriesOf(valueAt(written, ['headers']))
    .filter(([name]) => /^(proxy-)?authorization$|^cookie$/i.test(name))
    .map(([name]) => ['headers', name]);

function authFaults(value: Readonly<Record<string, unknown>>): readonly Fault[] {
  const ways = ['basic', 'bearer', 'oauth2'].filter((key) => value[key] !== undefined);
  const isByHand = entriesOf(value.headers).some(([name]) => name.toLowerCase() === 'authorization');
  if (ways.length + Number(isByHand) < 2) return [];
  return [
    {
      path: [ways[0] ?? 'headers'],
      problem: 'there are several ways of authorization',
      advice: 'keep one of `basic`, `bearer`, `oauth2` and the header `authorization`',
    },
  ];
}

function bodyFaults({ body, method, headers }: Readonly<Record<string, unknown>>): readonly Fault[] {
  const faults: Fault[] = [];
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    faults.push({ path: ['body'], problem: `nothing can be sent with ${method}`, advice: 'write `method: POST`, or remove the body' });
  }
  const isCoding = entriesOf(headers).some(([name]) => name.toLowerCase() === 'accept-encoding');
  if (isCoding) faults.push({ path: ['headers'], problem: 'the header accept-encoding is our own matter', advice: 'write `compression:` with what is wanted' });
  return faults;
}

function tlsFaults(value: Readonly<Record<string, unknown>>): readonly Fault[] {
  const { http2 } = value;
  const faults = [...tlsOptionFaults(value)];
  const url = typeof value.url === 'string' ? parseHttpUrl(value.url) : 'no-url';
  if (typeof url === 'object' && !url.isSecure && http2 === true && value.redirects === undefined) {
    faults.push({ path: ['http2'], problem: 'HTTP/2 is only offered over TLS', advice: 'write an https address, or remove it' });
  }
  const version = valueAt(value, ['expect', 'version']);
  if ([version].flat().every((one) => one === '2') && http2 !== true) {
    faults.push({ path: ['expect', 'version'], problem: 'HTTP/2 is expected and not offered', advice: 'add `http2: true`' });
  }
  return faults;
}

/** A condition that wants nothing would always be met. */
function emptyFaults(value: Readonly<Record<string, unknown>>): readonly Fault[] {
  const body = valueAt(value, ['expect', 'body']);
  const rules: readonly (readonly [Path, unknown])[] = Array.isArray(body)
    ? listOf(body).map((rule, index) => [['expect', 'body', index], rule])
    : [[['expect', 'body'], body]];
  const others = ['size', 'url', 'address', 'daysLeft'].map((key): readonly [Path, unknown] => [['expect', key], valueAt(value, ['expect', key])]);
  return [...rules, ...others]
    .filter(([, rule]) => isMap(rule) && Object.keys(rule).length === 0)
    .map(([path]) => ({ path, problem: 'a condition that wants nothing', advice: 'say what is wanted, or remove it' }));
}
