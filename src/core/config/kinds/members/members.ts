/** `members`: one service, asked by its name and at each of its addresses. */
import { formatDuration, parseDuration } from '../../durations';
import type { Fault } from '../../mistakes';
import { isMap, listOf, valueAt } from '../../plain-value';
import { parseHttpUrl } from '../../urls';
import { http } from '../http/http';
import type { Identity } from '../identity/probe';
import type { Destination, Kind, Quarrel } from '../kind';
import type { MembersProbe } from './probe';
import { membersRules } from './rules';
import { addressIn, type MembersSource, membersSchema } from './schema';

export const members: Kind<'members', typeof membersSchema, MembersProbe> = {
  key: 'members',
  schema: membersSchema,
  rules: membersRules,
  example: 'members: { of: https://pay.example.com/health, at: [192.0.2.10, 192.0.2.11] }',
  build,
  target: (written) => http.target(valueAt(written, ['of'])),
  addresses,
  identities: http.identities ?? [],
  quarrels,
  warnings: (value) => below(http.warnings?.(valueAt(value, ['of'])) ?? []),
};

function build(source: MembersSource, written: unknown, identity?: Identity): MembersProbe {
  return {
    kind: 'members',
    of: http.build(source.of, valueAt(written, ['of']), identity),
    members: 'at' in source ? { at: source.at } : { resolve: source.resolve },
    ...(source.atLeast === undefined ? {} : { atLeast: source.atLeast }),
  };
}

/** The name first: its budget is that of the monitor. */
function addresses(value: unknown): readonly Destination[] {
  const ofName = http.addresses(valueAt(value, ['of'])).map(({ path, leadsTo }) => ({ path: ['of', ...path], leadsTo }));
  const ofMembers = listOf(valueAt(value, ['at'])).flatMap((text, index): readonly Destination[] => {
    const address = typeof text === 'string' ? addressIn(text) : undefined;
    return address === undefined ? [] : [{ path: ['at', index], leadsTo: { host: String(text), address } }];
  });
  const name = valueAt(value, ['resolve']);
  const read = typeof name === 'string' ? parseHttpUrl(`http://${name}/`) : 'no-url';
  return [...ofName, ...ofMembers, ...(typeof read === 'string' ? [] : [{ path: ['resolve'], leadsTo: read }])];
}

const below = (faults: readonly Fault[]): readonly Fault[] => faults.map((fault) => ({ ...fault, path: ['of', ...fault.path] }));

function quarrels(value: unknown, context: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  const ofHttp = http.quarrels?.(value.of, { ...context, written: valueAt(context.written, ['of']) }) ?? [];
  return [...below(ofHttp), ...proxyFaults(value.of), ...withinFaults(value.of, context), ...countFaults(value)];
}

/** It resolves the name by itself, so no address can be chosen. */
function proxyFaults(of: unknown): readonly Fault[] {
  if (valueAt(of, ['proxy']) === undefined) return [];
  return [{ path: ['of', 'proxy'], problem: 'a proxy chooses the address by itself', advice: 'remove it: members are asked directly' }];
}

function withinFaults(of: unknown, { patience: { timeoutMs } }: Quarrel): readonly Fault[] {
  const withinMs = parseDuration(valueAt(of, ['expect', 'within']));
  if (withinMs === undefined || timeoutMs === undefined || withinMs <= timeoutMs) return [];
  const problem = `${formatDuration(withinMs)} is longer than the timeout of ${formatDuration(timeoutMs)}, so it can never be missed`;
  return [{ path: ['of', 'expect', 'within'], problem, advice: `write ${formatDuration(timeoutMs)} or less` }];
}

function countFaults({ at, atLeast }: Readonly<Record<string, unknown>>): readonly Fault[] {
  const written = listOf(at);
  const twice = written.flatMap((address, index): readonly Fault[] =>
    written.indexOf(address) === index ? [] : [{ path: ['at', index], problem: 'this address stands in the list twice', advice: 'remove it' }],
  );
  if (typeof atLeast !== 'number' || written.length === 0 || atLeast <= written.length) return twice;
  return [...twice, { path: ['atLeast'], problem: `${atLeast} can never be well of ${written.length}`, advice: `write a number up to ${written.length}` }];
}
