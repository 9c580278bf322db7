/** Bodies held against what is wanted of them. What cannot be evaluated is not met, and says so. */
import type { BodyRule, JsonRule } from '../../../core/config/kinds/http/probe';
import { textWords, unmetText } from '../conditions/texts';
import type { Failure } from '../failure';
import { quotedSeen } from '../printable';
import type { Answer, Check } from './check';

export async function bodyChecks(rules: readonly BodyRule[]): Promise<readonly Check[]> {
  const needsJson = rules.some(({ kind }) => kind === 'json');
  const json = needsJson ? await import('./judge-json') : undefined;
  return rules.map((rule) => ({
    what: rule.kind === 'json' ? `body ${rule.path}` : 'body',
    wanted: rule.kind === 'json' ? (json?.jsonWords(rule) ?? '') : textWords(rule.text),
    seen: (answer) => seenOf(answer, rule, json),
    failure: (answer) => failureOf(answer, rule, json),
  }));
}

interface JudgeJson {
  jsonUnmet(rule: JsonRule, text: string): string | undefined;
  jsonSeen(rule: JsonRule, text: string): string;
}

function seenOf(answer: Answer, rule: BodyRule, json: JudgeJson | undefined): string {
  const text = readable(answer);
  if (text === undefined) return `not ${charsetOf(answer)}`;
  return rule.kind === 'json' ? (json?.jsonSeen(rule, text) ?? '') : quotedSeen(text);
}

function failureOf(answer: Answer, rule: BodyRule, json: JudgeJson | undefined): Failure | undefined {
  const text = readable(answer);
  if (text === undefined) return { reason: 'body', detail: `the body is not ${charsetOf(answer)}, so it cannot be judged` };
  const detail = rule.kind === 'json' ? json?.jsonUnmet(rule, text) : textUnmet(rule, text);
  return detail === undefined ? undefined : { reason: 'body', detail };
}

function textUnmet({ text: rule }: Extract<BodyRule, { kind: 'text' }>, text: string): string | undefined {
  const unmet = unmetText(rule, text);
  return unmet === undefined ? undefined : `the body is ${text === '' ? 'empty' : quotedSeen(text)}, wanted ${unmet}`;
}

/** Decoded once for all conditions. */
const read = new WeakMap<Answer, { readonly text: string | undefined }>();

function readable(answer: Answer): string | undefined {
  let found = read.get(answer);
  if (found === undefined) {
    found = { text: decoded(answer) };
    read.set(answer, found);
  }
  return found.text;
}

function decoded(answer: Answer): string | undefined {
  try {
    return new TextDecoder(charsetOf(answer), { fatal: true }).decode(answer.body);
  } catch {
    return undefined;
  }
}

/** What the server says, or UTF-8. */
function charsetOf({ response }: Answer): string {
  const [, charset] = /charset="?([\w.:-]{1,40})/i.exec(String(response.headers['content-type'] ?? '')) ?? [];
  return charset === undefined || /^utf-?8$/i.test(charset) ? 'UTF-8' : charset;
}
