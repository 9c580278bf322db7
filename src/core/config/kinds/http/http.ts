/** `http`: asks a URL and looks at the answer. */
import { isMap, type PlainMap, valueAt } from '../../plain-value';
import { parseHttpUrl } from '../../urls';
import type { Identity } from '../identity/probe';
import type { Destination, Kind } from '../kind';
import { buildTlsOptions, insecureWarnings } from '../tls-options';
import { buildExpectation } from './build-expect';
import type { HttpProbe, HttpRequest } from './probe';
import { httpQuarrels } from './quarrels';
import { httpRules } from './rules';
import { type HttpMap, type HttpSource, httpSchema } from './schema';

export const http: Kind<'http', typeof httpSchema, HttpProbe> = {
  key: 'http',
  schema: httpSchema,
  rules: httpRules,
  example: 'http: https://shop.example.com/health',
  build,
  target: (written) => String(longForm(written).url),
  addresses,
  identities: () => ['header', 'json', 'pin', 'secret'],
  quarrels: httpQuarrels,
  warnings: insecureWarnings,
};

function build(source: HttpSource, _written: unknown, identity?: Identity): HttpProbe {
  const who = identity === undefined ? {} : { identity };
  if (typeof source === 'string') return { kind: 'http', url: source, ...who, expect: buildExpectation({}) };
  const { url, redirects, limit, expect = {} } = source;
  const request = buildRequest(source);
  return {
    kind: 'http',
    url,
    ...(Object.keys(request).length === 0 ? {} : { request }),
    ...(redirects === undefined || redirects === 0 ? {} : { redirects }),
    ...(source.tls === undefined ? {} : { tls: buildTlsOptions(source.tls) }),
    ...(source.proxy === undefined ? {} : { proxy: typeof source.proxy === 'string' ? { url: source.proxy } : source.proxy }),
    ...(limit === undefined ? {} : { limitBytes: limit }),
    ...who,
    expect: buildExpectation(expect),
  };
}

function buildRequest({ method, headers, body, basic, bearer, oauth2, compression, http2 }: HttpMap): HttpRequest {
  const sent = typeof body === 'string' ? { text: body } : body?.text === undefined ? body : { text: body.text };
  const chosen = method ?? (sent === undefined ? 'GET' : 'POST');
  return {
    ...(chosen === 'GET' ? {} : { method: chosen }),
    ...(headers === undefined ? {} : { headers: lowerCased(headers) }),
    ...(sent === undefined ? {} : { body: sent }),
    ...(basic === undefined ? {} : { basic }),
    ...(bearer === undefined ? {} : { bearer }),
    ...(oauth2 === undefined ? {} : { oauth2 }),
    ...(compression === undefined ? {} : { compression: typeof compression === 'string' ? [compression] : compression }),
    ...(http2 === true ? { http2 } : {}),
  };
}

const lowerCased = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Either form as a map with `url`. */
const longForm = (value: unknown): PlainMap => (isMap(value) ? value : { url: value });

function addresses(value: unknown): readonly Destination[] {
  const { url, proxy, oauth2 } = longForm(value);
  const ofProxy = destination(longForm(proxy).url, isMap(proxy) ? ['proxy', 'url'] : ['proxy']);
  return [...destination(url, isMap(value) ? ['url'] : []), ...ofProxy, ...destination(valueAt(oauth2, ['url']), ['oauth2', 'url'])];
}

function destination(text: unknown, path: Destination['path']): readonly Destination[] {
  const leadsTo = typeof text === 'string' ? parseHttpUrl(text) : 'no-url';
  return typeof leadsTo === 'string' ? [] : [{ path, leadsTo }];
}
