/** Texts of configurations, and what is said of them. */
import { instant } from '../../../src/core/basics/brand';
import type { Config } from '../../../src/core/config/config';
import { formatMistake } from '../../../src/core/config/mistakes';
import { parseConfig } from '../../../src/core/config/parse-config';
import type { Environment } from '../../../src/core/config/references';

const good: Readonly<Record<string, string>> = {
  regions: '{ probers: [eu-west-1, us-east-2], witness: eu-central-1 }',
  anchors: '[https://dynamodb.eu-north-1.amazonaws.com/]',
  channels: '{ mail: { email: ops@example.com }, hook: { webhook: https://ops.example.com/hook } }',
  monitors: '{ shop: { http: https://shop.example.com/ } }',
};

/** A good configuration with some sections, each on a line of its own, replaced or (with `undefined`) left out. */
export function textWith(sections: Readonly<Record<string, string | undefined>> = {}): string {
  const lines = Object.entries({ ...good, ...sections }).map(([key, value]) => (value === undefined ? '' : `${key}: ${value}\n`));
  return lines.join('');
}

/** A good configuration whose one monitor, `shop`, has this text. */
export const textWithMonitor = (monitor: string): string => textWith({ monitors: `{ shop: ${monitor} }` });

export const parse = (text: string, environment: Environment = {}) =>
  parseConfig({ text, file: 'twinwatch.yaml', environment, madeAt: instant(Date.UTC(2026, 10, 21)) });

/** Every mistake as `path: problem; advice`. */
export function mistakesOf(text: string, environment: Environment = {}): readonly string[] {
  const parsed = parse(text, environment);
  return parsed.kind === 'valid' ? [] : parsed.mistakes.map((mistake) => formatMistake(mistake).replace(/^twinwatch\.yaml:\d+:\d+:? /, ''));
}

/** Every mistake as `line:column path`. */
export function placesOf(text: string): readonly string[] {
  const parsed = parse(text);
  return parsed.kind === 'valid' ? [] : parsed.mistakes.map(({ line, column, path }) => `${line}:${column} ${path}`);
}

export const warningsOf = (text: string): readonly string[] => parse(text).warnings.map(({ path, problem, advice }) => `${path}: ${problem}; ${advice}`);

export function configOf(text: string, environment: Environment = {}): Config {
  const parsed = parse(text, environment);
  if (parsed.kind === 'invalid') throw new Error(parsed.mistakes.map(formatMistake).join('\n'));
  return parsed.config;
}
