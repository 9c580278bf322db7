/** The configuration of a start: a valid one, or no start at all. */
import { readFileSync } from 'node:fs';
import { instant } from '../src/core/basics/brand';
import type { Config } from '../src/core/config/config';
import { formatMistake } from '../src/core/config/mistakes';
import { parseConfig } from '../src/core/config/parse-config';
import { StartRefused } from './refusal';

export interface ReadConfig {
  readonly config: Config;
  /** Lines for the user. */
  readonly warnings: readonly string[];
}

/** Throws StartRefused with every mistake, or with why the file cannot be read. */
export function readConfigFile(file: string): ReadConfig {
  return trustedConfig(readText(file), file);
}

export function trustedConfig(text: string, file: string): ReadConfig {
  const parsed = parseConfig({ text, file, environment: process.env, madeAt: instant(Date.now()) });
  const warnings = parsed.warnings.map((warning) => `warning: ${formatMistake(warning)}`);
  if (parsed.kind === 'valid') return { config: parsed.config, warnings };
  const mistakes = parsed.mistakes.map(formatMistake);
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  throw new StartRefused([...mistakes, `${file} holds ${count}, so nothing was started`].join('\n'));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartRefused(`${file} cannot be read: ${whyOf(error)}`);
  }
}

function whyOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file; write one, name another with --config FILE, or try --demo';
  if (code === 'EISDIR') return 'it is a folder; name the file in it';
  if (code === 'EACCES') return 'you may not read it; change its rights or name another with --config FILE';
  return message;
}
