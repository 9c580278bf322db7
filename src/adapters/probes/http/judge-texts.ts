/** Headers, and the address that answered, held against what is wanted of them. */
import type { TextRule } from '../../../core/config/conditions';
import type { HeaderRule, HttpExpectation } from '../../../core/config/kinds/http/probe';
import { textWords, unmetText } from '../conditions/texts';
import type { Failure } from '../failure';
import { printable, quotedSeen } from '../printable';
import type { Check } from './check';
import type { Response } from './exchange';

export function textChecks({ headers = [], url, address }: HttpExpectation): readonly Check[] {
  return [...(address === undefined ? [] : [addressCheck(address)]), ...(url === undefined ? [] : [urlCheck(url)]), ...headers.map(headerCheck)];
}

const urlCheck = (rule: TextRule): Check => ({
  what: 'url',
  wanted: textWords(rule),
  seen: ({ url }) => quotedSeen(url.href),
  failure({ url }) {
    const unmet = unmetText(rule, url.href);
    return unmet === undefined ? undefined : { reason: 'redirect', detail: `${quotedSeen(url.href)} answered, wanted ${unmet}` };
  },
});

const addressCheck = (rule: TextRule): Check => ({
  what: 'address',
  wanted: textWords(rule),
  seen: ({ address }) => address,
  failure({ address }) {
    const unmet = unmetText(rule, address);
    return unmet === undefined ? undefined : { reason: 'misidentified', detail: `${address} answered, wanted ${unmet}` };
  },
});

const headerCheck = (rule: HeaderRule): Check => ({
  what: `header ${rule.name}`,
  wanted: rule.presence === 'forbidden' ? 'none' : `${textWords(rule.text)}${rule.presence === 'optional' ? ', or none' : ''}`,
  seen: ({ response }) => valuesOf(response, rule.name).map(quotedSeen).join(', ') || 'missing',
  failure: ({ response }) => headerFailure(rule, valuesOf(response, rule.name)),
});

function valuesOf({ headers }: Response, name: string): readonly string[] {
  const values = headers[name];
  if (values === undefined) return [];
  return typeof values === 'string' ? [values] : values;
}

function headerFailure({ name, presence, text }: HeaderRule, values: readonly string[]): Failure | undefined {
  const failed = (detail: string): Failure => ({ reason: 'header', detail });
  if (presence === 'forbidden') return values.length === 0 ? undefined : failed(`header ${name} is ${shown(values)}, wanted none`);
  if (values.length === 0) return presence === 'optional' ? undefined : failed(`header ${name} is missing, wanted ${wantedWords(text)}`);
  const { lacks, matchesNot, ...wanted } = text;
  const bad = values.map((value) => unmetText({ lacks, matchesNot }, value)).find((unmet) => unmet !== undefined);
  if (bad !== undefined) return failed(`header ${name} is ${shown(values)}, wanted ${bad}`);
  const unmet = values.map((value) => unmetText(wanted, value));
  return unmet.includes(undefined) ? undefined : failed(`header ${name} is ${shown(values)}, wanted ${unmet[0]}`);
}

const shown = (values: readonly string[]): string => printable(values.map(quotedSeen).join(' and '));

/** What the rule says first. */
const wantedWords = (rule: TextRule): string =>
  Object.keys(rule).length === 0
    ? 'it to be there'
    : (unmetText({ equals: rule.equals, contains: rule.contains, matches: rule.matches }, '') ?? 'it to be there');
