/** Messages held against what is wanted of them. */
import type { JsonRule, WebsocketStep } from '../../../core/config/kinds/websocket/probe';
import { unmetNumber } from '../conditions/numbers';
import { unmetText } from '../conditions/texts';
import { type Captures, capture } from '../conversation/patterns';

type Expected = Exclude<WebsocketStep, { readonly kind: 'send' }>;

export type Check = (message: string, captures: Captures) => boolean;

/** JSON paths bring an engine along: only where there is one. */
export async function checkOf(step: Expected): Promise<Check> {
  if (step.kind === 'expect') return (message, captures) => capture(step.pattern, message, captures) !== undefined;
  const { compile } = await import('json-p3');
  const path = compile(step.path);
  return (message) => {
    const value = parsed(message);
    return (
      value !== undefined &&
      path
        .query(value.json as Parameters<typeof path.query>[0])
        .values()
        .some((found) => isMet(step.rule, found))
    );
  };
}

/** Boxed, because `null` is JSON too. */
function parsed(message: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(message) as unknown };
  } catch {
    return undefined;
  }
}

/** Nothing is silently a number or a text: `"3"` is not above 2. */
function isMet({ equals, ...rule }: JsonRule, value: unknown): boolean {
  const { above, below, atLeast, atMost, ...texts } = rule;
  if (equals !== undefined && value !== equals) return false;
  const isNumberWanted = [above, below, atLeast, atMost].some((limit) => limit !== undefined);
  if (isNumberWanted && (typeof value !== 'number' || unmetNumber({ above, below, atLeast, atMost }, value) !== undefined)) return false;
  const isTextWanted = Object.values(texts).some((wanted) => wanted !== undefined);
  return !isTextWanted || (typeof value === 'string' && unmetText(texts, value) === undefined);
}
