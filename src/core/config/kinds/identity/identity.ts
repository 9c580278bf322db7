/** `identity`: who must answer. It stands beside the kind of a monitor, and the kind says by what it can be proven. */
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap, valueAt } from '../../plain-value';
import { hasReference } from '../../references';
import { parseHttpUrl } from '../../urls';
import type { Identity, IdentityWay } from './probe';
import type { IdentitySource } from './schema';

const usualPath = '/.well-known/twinwatch';

export function buildIdentity(source: IdentitySource): Identity {
  if ('pin' in source) return { by: 'pin', equals: listed(source.pin) };
  const equals = listed(source.equals);
  if ('header' in source) return { by: 'header', name: source.header.toLowerCase(), equals };
  if ('json' in source) return { by: 'json', path: source.json, equals };
  return { by: 'secret', path: source.path ?? usualPath, secret: source.secret, equals };
}

const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

const ways: readonly IdentityWay[] = ['header', 'json', 'pin', 'secret'];

export interface Claimed {
  readonly key: string;
  /** By what the kind can prove who answers. */
  readonly provable: readonly IdentityWay[];
  /** The map of the monitor. */
  readonly monitor: PlainMap;
  /** The identity with references as references. */
  readonly written: unknown;
}

/** Mistakes that no value holds alone, with paths below the monitor. */
export function identityFaults({ key, provable, monitor, written }: Claimed): readonly Fault[] {
  const { identity } = monitor;
  const way = isMap(identity) ? ways.find((one) => identity[one] !== undefined) : undefined;
  if (way === undefined) return [];
  if (!provable.includes(way)) return [unprovable(key, way, provable)];
  const secret = valueAt(written, ['secret']);
  if (typeof secret === 'string' && !hasReference(secret))
    return [{ path: ['identity', 'secret'], problem: 'a secret stands in the file', advice: `write a reference, such as "\${env:SHOP_EU_1_KEY}"` }];
  return [...plainFaults(way, monitor[key]), ...headFaults(way, monitor[key])];
}

function unprovable(key: string, way: IdentityWay, provable: readonly IdentityWay[]): Fault {
  if (provable.length === 0)
    return { path: ['identity'], problem: `nothing that \`${key}\` asks proves who answers`, advice: 'remove it, or add an http monitor' };
  return { path: ['identity', way], problem: `\`${key}\` sees no such thing`, advice: `write ${provable.map((one) => `\`${one}:\``).join(' or ')}` };
}

/** A key is shown over TLS alone. */
function plainFaults(way: IdentityWay, value: unknown): readonly Fault[] {
  const url = urlIn(value);
  const read = typeof url === 'string' ? parseHttpUrl(url) : 'no-url';
  if (way !== 'pin' || typeof read === 'string' || read.isSecure) return [];
  return [{ path: ['identity', 'pin'], problem: 'no key is shown over plain http', advice: 'write an https address, or `header:` or `secret:`' }];
}

function headFaults(way: IdentityWay, value: unknown): readonly Fault[] {
  if (way !== 'json' || methodIn(value) !== 'HEAD') return [];
  return [{ path: ['identity', 'json'], problem: 'an answer to HEAD has no body', advice: 'write `method: GET`, or `header:`' }];
}

/** Of an http monitor, or of what members are asked, which may stand below a key of its own. */
const urlIn = (value: unknown): unknown => {
  if (!isMap(value)) return value;
  return value.url ?? urlIn(value.of ?? value.http);
};

const methodIn = (value: unknown): unknown => valueAt(value, ['method']) ?? valueAt(value, ['of', 'method']) ?? valueAt(value, ['of', 'http', 'method']);
