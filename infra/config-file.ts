/** Reads the one file that a user edits. What is wrong with it comes back as sentences, all of them at once. */
import { readFileSync, statSync } from 'node:fs';
import { type Instant, instant } from '../src/core/basics/brand';
import { second } from '../src/core/basics/time';
import type { Config } from '../src/core/config/config';
import { formatMistake } from '../src/core/config/mistakes';
import { parseConfig } from '../src/core/config/parse-config';

export type ConfigFile =
  | { readonly kind: 'valid'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'invalid'; readonly mistakes: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** @param environment resolves `${env:NAME}` and may hold SOURCE_DATE_EPOCH, the seconds at which the file was last changed */
export function readConfigFile(file: string, environment: Environment): ConfigFile {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return invalid(`${file}: there is no such file. Write it, or name another with \`-c config=FILE\` or TWINWATCH_CONFIG.`);
  const { SOURCE_DATE_EPOCH: epoch } = environment;
  if (epoch !== undefined && !/^\d+$/.test(epoch)) return invalid(`SOURCE_DATE_EPOCH is "${epoch}". Give whole seconds since 1970, or unset it.`);

  const parsed = parseConfig({ text: readFileSync(file, 'utf8'), file, environment, madeAt: madeAt(found.mtimeMs, epoch) });
  if (parsed.kind === 'invalid') return { kind: 'invalid', mistakes: parsed.mistakes.map(formatMistake) };
  return { kind: 'valid', config: parsed.config, warnings: parsed.warnings.map(formatMistake) };
}

/**
 * A configuration is as old as its file, so that a second synth of the same file changes nothing that is deployed.
 * Where files are checked out afresh, give SOURCE_DATE_EPOCH: `git log -1 --format=%ct -- twinwatch.yaml`.
 */
function madeAt(changedMs: number, epoch: string | undefined): Instant {
  return instant(epoch === undefined ? Math.floor(changedMs) : Number(epoch) * second);
}

const invalid = (mistake: string): ConfigFile => ({ kind: 'invalid', mistakes: [mistake] });
