/** `members`: one service, asked by its name and at each of its addresses. */
import type * as z from 'zod';
import { formatDuration, parseDuration } from '../../durations';
import type { Fault, Path } from '../../mistakes';
import { isMap, listOf, valueAt } from '../../plain-value';
import { parseHttpUrl } from '../../urls';
import { dns } from '../dns/dns';
import { grpc } from '../grpc/grpc';
import { http } from '../http/http';
import type { Identity } from '../identity/probe';
import type { Destination, Kind, Quarrel } from '../kind';
import { tcp } from '../tcp/tcp';
import { tls } from '../tls/tls';
import { websocket } from '../websocket/websocket';
import type { MemberProbe, MembersProbe } from './probe';
import { membersRules } from './rules';
import { addressIn, type MembersSource, membersSchema } from './schema';

export const members: Kind<'members', typeof membersSchema, MembersProbe> = {
  key: 'members',
  schema: membersSchema,
  rules: membersRules,
  example: 'members: { of: https://pay.example.com/health, at: [192.0.2.10, 192.0.2.11] }',
  build,
  target(written) {
    const { kind, path } = askedIn(written);
    return kind.target(valueAt(written, path));
  },
  addresses,
  identities(value) {
    const { kind, path } = askedIn(value);
    return kind.identities?.(valueAt(value, path)) ?? [];
  },
  quarrels,
  warnings(value) {
    const { kind, path } = askedIn(value);
    return (kind.warnings?.(valueAt(value, path)) ?? []).map(below(path));
  },
};

/** The kinds that can be asked of a member; `http` needs no key. */
const askable = { http, tcp, tls, dns, websocket, grpc } as const;

/** A kind of which only what all have in common is known. */
type Askable = Kind<keyof typeof askable, z.ZodType, MemberProbe>;

interface Asked {
  readonly kind: Askable;
  /** Below `members`: where what it is asked stands. */
  readonly path: Path;
}

/** Validated or not. An http map without its key has a `url`, and may say `tls` too. */
function askedIn(value: unknown): Asked {
  const of = valueAt(value, ['of']);
  const key = isMap(of) && of.url === undefined ? (Object.keys(askable) as (keyof typeof askable)[]).find((one) => of[one] !== undefined) : undefined;
  return { kind: askable[key ?? 'http'] as unknown as Askable, path: key === undefined ? ['of'] : ['of', key] };
}

function build({ at = [], resolve, atLeast, ...source }: MembersSource, written: unknown, identity?: Identity): MembersProbe {
  const { kind, path } = askedIn(source);
  return {
    kind: 'members',
    of: kind.build(valueAt(source, path), valueAt(written, path), identity),
    members: resolve === undefined ? { at } : { resolve },
    ...(atLeast === undefined ? {} : { atLeast }),
  };
}

/** The name first: its budget is that of the monitor. */
function addresses(value: unknown): readonly Destination[] {
  const { kind, path: asked } = askedIn(value);
  const ofName = kind.addresses(valueAt(value, asked)).map(({ path, leadsTo }) => ({ path: [...asked, ...path], leadsTo }));
  const ofMembers = listOf(valueAt(value, ['at'])).flatMap((text, index): readonly Destination[] => {
    const address = typeof text === 'string' ? addressIn(text) : undefined;
    return address === undefined ? [] : [{ path: ['at', index], leadsTo: { host: String(text), address } }];
  });
  const name = valueAt(value, ['resolve']);
  const read = typeof name === 'string' ? parseHttpUrl(`http://${name}/`) : 'no-url';
  return [...ofName, ...ofMembers, ...(typeof read === 'string' ? [] : [{ path: ['resolve'], leadsTo: read }])];
}

const below =
  (path: Path) =>
  (fault: Fault): Fault => ({ ...fault, path: [...path, ...fault.path] });

function quarrels(value: unknown, context: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  const { kind, path } = askedIn(value);
  const asked = valueAt(value, path);
  const ofKind = kind.quarrels?.(asked, { ...context, written: valueAt(context.written, path) }) ?? [];
  const ofAsked = [...ofKind, ...chosenFaults(kind.key, asked), ...withinFaults(asked, context)].map(below(path));
  return [...ofAsked, ...placeFaults(value), ...countFaults(value)];
}

/** What finds the address by itself leaves none to choose. */
function chosenFaults(key: Askable['key'], asked: unknown): readonly Fault[] {
  if (key === 'http' && valueAt(asked, ['proxy']) !== undefined)
    return [{ path: ['proxy'], problem: 'a proxy chooses the address by itself', advice: 'remove it: members are asked directly' }];
  if (key === 'dns' && asked !== undefined && valueAt(asked, ['resolver']) === undefined)
    return [{ path: [], problem: 'the members are name servers, and it is not said of what name', advice: 'add `resolver:` with the name that they share' }];
  return [];
}

function withinFaults(asked: unknown, { patience: { timeoutMs } }: Quarrel): readonly Fault[] {
  const withinMs = parseDuration(valueAt(asked, ['expect', 'within']));
  if (withinMs === undefined || timeoutMs === undefined || withinMs <= timeoutMs) return [];
  const problem = `${formatDuration(withinMs)} is longer than the timeout of ${formatDuration(timeoutMs)}, so it can never be missed`;
  return [{ path: ['expect', 'within'], problem, advice: `write ${formatDuration(timeoutMs)} or less` }];
}

/** One of the two ways to say where the members are. */
function placeFaults({ at, resolve }: Readonly<Record<string, unknown>>): readonly Fault[] {
  if (at === undefined && resolve === undefined) return [{ path: ['at'], problem: '`at` is missing', advice: membersRules['members-at'].advice }];
  if (at === undefined || resolve === undefined) return [];
  return [{ path: ['resolve'], problem: '`at` says where the members are', advice: 'keep one of the two' }];
}

function countFaults({ at, atLeast }: Readonly<Record<string, unknown>>): readonly Fault[] {
  const written = listOf(at);
  const twice = written.flatMap((address, index): readonly Fault[] =>
    written.indexOf(address) === index ? [] : [{ path: ['at', index], problem: 'this address stands in the list twice', advice: 'remove it' }],
  );
  if (typeof atLeast !== 'number' || written.length === 0 || atLeast <= written.length) return twice;
  return [...twice, { path: ['atLeast'], problem: `${atLeast} can never be well of ${written.length}`, advice: `write a number up to ${written.length}` }];
}
