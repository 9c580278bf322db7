/** The records of one section held against what is wanted of them. */
import type { RecordsRule } from '../../../core/config/kinds/dns/probe';
import { numberWords, unmetNumber } from '../conditions/numbers';
import type { Failure } from '../failure';
import type { IsFound } from './patterns';
import { compared, type DnsRecord } from './record-text';

/** One condition, with what was seen. */
export interface Check {
  readonly reason: Failure['reason'];
  readonly what: string;
  readonly seen: string;
  readonly wanted: string;
  readonly isGood: boolean;
}

export interface Section {
  readonly what: 'answers' | 'authority' | 'additional';
  readonly records: readonly DnsRecord[];
  /** Where all records are of one type. */
  readonly type?: string | undefined;
  readonly isFound: IsFound;
}

export function recordChecks(rule: RecordsRule, section: Section): readonly Check[] {
  return [...wholeChecks(rule, section), ...patternChecks(rule, section), ...numberChecks(rule, section)];
}

function wholeChecks({ equals, contains = [], lacks = [] }: RecordsRule, section: Section): readonly Check[] {
  const { records } = section;
  const areExactly = (texts: readonly string[]): boolean => records.every((record) => texts.some((text) => isRecord(record, text)));
  const has = (text: string): boolean => records.some((record) => isRecord(record, text));
  return [
    ...(equals === undefined ? [] : [check(section, `exactly ${equals.join(', ')}`, equals.every(has) && areExactly(equals))]),
    ...contains.map((text) => check(section, `to contain ${text}`, has(text))),
    ...lacks.map((text) => check(section, `not to contain ${text}`, !has(text))),
  ];
}

const isRecord = ({ type, text }: DnsRecord, wanted: string): boolean => compared(type, wanted) === text;

function patternChecks({ matches = [], matchesNot = [] }: RecordsRule, section: Section): readonly Check[] {
  const isSomewhere = (pattern: string): boolean => section.records.some(({ text }) => section.isFound(pattern, text));
  return [
    ...matches.map((pattern) => check(section, `one to match /${pattern}/`, isSomewhere(pattern))),
    ...matchesNot.map((pattern) => check(section, `none to match /${pattern}/`, !isSomewhere(pattern))),
  ];
}

function numberChecks({ count, ttl }: RecordsRule, { what, type, records }: Section): readonly Check[] {
  const checks: Check[] = [];
  const of = `number of ${type === undefined ? '' : `${type} `}${what}`;
  if (count !== undefined) checks.push(numeric(of, `${records.length}`, numberWords(count), unmetNumber(count, records.length) === undefined));
  if (ttl !== undefined) {
    const ttls = [...new Set(records.map((record) => record.ttl))].toSorted((a, b) => a - b);
    checks.push(
      numeric(
        `TTL of ${what}`,
        ttls.join(', ') || 'none',
        numberWords(ttl),
        ttls.every((seconds) => unmetNumber(ttl, seconds) === undefined),
      ),
    );
  }
  return checks;
}

const numeric = (what: string, seen: string, wanted: string, isGood: boolean): Check => ({ reason: 'dns-answer', what, seen, wanted, isGood });

function check({ what, records }: Section, wanted: string, isGood: boolean): Check {
  return { reason: 'dns-answer', what, seen: records.map(({ text }) => text).join(', ') || 'none', wanted, isGood };
}
