/** `twinwatch check`: every mistake and every warning of a configuration, for people or for programs. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { instant } from '../src/core/basics/brand';
import type { Config } from '../src/core/config/config';
import { formatMistake } from '../src/core/config/mistakes';
import { notesFor } from '../src/core/config/notes';
import { type ParsedConfig, parseConfig } from '../src/core/config/parse-config';
import type { Environment } from '../src/core/config/references';
import { shardCount } from '../src/core/function-size';

export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('say every mistake in a configuration, with its place and what to write instead')
    .argument('[file]', 'the configuration', 'twinwatch.yaml')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit code: 0 no mistakes, 1 mistakes, 2 the file cannot be read.')
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const { text, exitCode } = await check(file, { isJson: json === true, environment: process.env });
      (exitCode === 2 && json !== true ? process.stderr : process.stdout).write(text);
      process.exitCode = exitCode;
    });
}

export interface CheckOptions {
  readonly isJson: boolean;
  readonly environment: Environment;
}

export interface Checked {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

export async function check(file: string, { isJson, environment }: CheckOptions): Promise<Checked> {
  const read = await readText(file);
  if (read.kind === 'unreadable') return { text: isJson ? jsonText({ file, valid: false, unreadable: read.why }) : `${read.why}\n`, exitCode: 2 };
  const parsed = parseConfig({ text: read.text, file, environment, madeAt: instant(Date.now()) });
  return { text: isJson ? jsonText(jsonView(file, parsed)) : screen(file, parsed), exitCode: parsed.kind === 'valid' ? 0 : 1 };
}

type ReadText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string };

async function readText(file: string): Promise<ReadText> {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    return { kind: 'unreadable', why: `${file} cannot be read: ${reasonOf(error)}` };
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file; name another one, as in `twinwatch check path/to/twinwatch.yaml`';
  if (code === 'EISDIR') return 'it is a directory; name the file in it';
  if (code === 'EACCES') return 'you may not read it; change its rights or name another file';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text; save it as UTF-8';
  return message;
}

function screen(file: string, parsed: ParsedConfig): string {
  const lines = parsed.warnings.map((warning) => `warning: ${formatMistake(warning)}`);
  if (parsed.kind === 'valid')
    return [...lines, ...notesFor(parsed.config).map((note) => `note: ${note}`), `${file}: ${summaryText(parsed.config)}: no mistakes`, ''].join('\n');
  const { length } = parsed.mistakes;
  return [...parsed.mistakes.map(formatMistake), ...lines, `${file}: ${counted(length, 'mistake')}; nothing is started or deployed from it`, ''].join('\n');
}

/** `3 monitors, 2 regions and a witness, beats every 10 s` */
function summaryText({ monitors, regions, beatIntervalMs }: Config): string {
  const witness = regions.witness === undefined ? '' : ' and a witness';
  return `${counted(monitors.length, 'monitor')}, ${counted(regions.probers.length, 'region')}${witness}, beats every ${beatIntervalMs / 1000} s`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function jsonView(file: string, parsed: ParsedConfig) {
  const { warnings } = parsed;
  if (parsed.kind === 'invalid') return { file, valid: false, mistakes: parsed.mistakes, warnings };
  const { monitors, regions, beatIntervalMs, hash } = parsed.config;
  const shards = shardCount(parsed.config);
  const summary = { hash, monitors: monitors.length, probers: regions.probers, witness: regions.witness ?? null, beatIntervalMs, shards };
  return { file, valid: true, mistakes: [], warnings, notes: notesFor(parsed.config), config: summary };
}
