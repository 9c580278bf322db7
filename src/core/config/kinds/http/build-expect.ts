/** What a good answer is → its trusted form. */
import { buildNumberRule, buildTextRule } from '../../condition-pieces';
import type { NumberRule, TextRule } from '../../conditions';
import { parseDuration } from '../../durations';
import { parseStatus } from '../../status-codes';
import type { BodyRuleSource } from './expect-schema';
import type { BodyRule, HeaderRule, HttpExpectation, JsonRule } from './probe';
import type { HttpMap } from './schema';

type Source = NonNullable<HttpMap['expect']>;

export function buildExpectation(source: Source): HttpExpectation {
  const withinMs = parseDuration(source.within);
  return {
    status: parseStatus(source.status ?? '2xx') ?? [],
    ...(withinMs === undefined ? {} : { withinMs }),
    ...(source.headers === undefined ? {} : { headers: Object.entries(source.headers).map(headerRule) }),
    ...(source.body === undefined ? {} : { body: (Array.isArray(source.body) ? source.body : [source.body]).map(bodyRule) }),
    ...(source.size === undefined ? {} : { size: buildNumberRule(source.size) }),
    ...(source.url === undefined ? {} : { url: buildTextRule(source.url, 'equals') }),
    ...(source.version === undefined ? {} : { versions: typeof source.version === 'string' ? [source.version] : source.version }),
    ...(source.address === undefined ? {} : { address: buildTextRule(source.address, 'equals') }),
    ...(source.daysLeft === undefined ? {} : { daysLeft: typeof source.daysLeft === 'number' ? { atLeast: source.daysLeft } : source.daysLeft }),
    ...(source.tls === undefined ? {} : { tls: true }),
  };
}

function headerRule([name, source]: [string, NonNullable<Source['headers']>[string]]): HeaderRule {
  const presence = typeof source === 'string' ? 'needed' : source.absent === true ? 'forbidden' : source.optional === true ? 'optional' : 'needed';
  return { name: name.toLowerCase(), presence, text: buildTextRule(source, 'equals') };
}

function bodyRule(source: string | BodyRuleSource): BodyRule {
  if (typeof source === 'string' || source.json === undefined) return { kind: 'text', text: buildTextRule(source, 'contains') };
  return jsonRule(source);
}

function jsonRule(source: Extract<BodyRuleSource, { json: string }>): JsonRule {
  const { above, below, atLeast, atMost, contains, lacks, matches, matchesNot } = source;
  const number = present<NumberRule>({ above, below, atLeast, atMost });
  const text: TextRule | undefined = [contains, lacks, matches, matchesNot].every((part) => part === undefined)
    ? undefined
    : buildTextRule({ contains, lacks, matches, matchesNot }, 'contains');
  return {
    kind: 'json',
    path: source.json,
    ...(source.exists === undefined ? {} : { exists: source.exists }),
    ...(source.count === undefined ? {} : { count: buildNumberRule(source.count) }),
    ...(source.equals === undefined ? {} : { equals: source.equals }),
    ...(source.oneOf === undefined ? {} : { oneOf: source.oneOf }),
    ...(source.equalsNot === undefined ? {} : { equalsNot: source.equalsNot }),
    ...(source.sameAs === undefined ? {} : { sameAs: source.sameAs }),
    ...(source.length === undefined ? {} : { length: buildNumberRule(source.length) }),
    ...(number === undefined ? {} : { number }),
    ...(text === undefined ? {} : { text }),
  };
}

function present<Rule extends object>(rule: Rule): Rule | undefined {
  const said = Object.entries(rule).filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Rule);
}
