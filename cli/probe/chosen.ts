/** Which monitors are meant: one of the configuration, all of a file, or one that is made of a URL. */
import { readFile } from 'node:fs/promises';
import { instant } from '../../src/core/basics/brand';
import type { Config, Monitor } from '../../src/core/config/config';
import { formatMistake } from '../../src/core/config/mistakes';
import { parseConfig } from '../../src/core/config/parse-config';
import type { Environment } from '../../src/core/config/references';
import { unknownName } from '../../src/core/config/unknown-name';
import { CannotAsk } from '../local-http';
import { textOfUrl } from './from-url';

export interface Chosen {
  readonly config: string;
  readonly environment: Environment;
  readonly isFile: (path: string) => boolean;
}

export interface Monitors {
  readonly monitors: readonly Monitor[];
  readonly allowPrivate: boolean;
}

export async function chosenMonitors(what: string, { config: file, environment, isFile }: Chosen): Promise<Monitors> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(what)) return monitorOf(what);
  const chosenFile = isFile(what) ? what : file;
  const { monitors, network } = await readConfig(chosenFile, environment);
  if (chosenFile === what) return { monitors, ...network };
  const found = monitors.filter(({ id }) => id === what);
  if (found.length > 0) return { monitors: found, ...network };
  const ids = monitors.map(({ id }) => id);
  throw new CannotAsk(`${unknownName(what, ids).replace('monitor, region or incident', `monitor in ${file}, file or URL`)}${schemeAdvice(what)}`);
}

/** Nobody's monitor is called like a host with its port, or like a page of it. */
function schemeAdvice(what: string): string {
  if (/^[^/:]+:\d+$/.test(what)) return `; a URL begins with its scheme: http://${what}, or tcp://${what} for a connection alone`;
  return /^[^/:]+\.[^/:]+(\/.*)?$/.test(what) ? `; a URL begins with its scheme: https://${what}` : '';
}

/** A configuration with this one monitor is held to all the rules that a file is held to. */
function monitorOf(url: string): Monitors {
  const parsed = parseConfig({ text: textOfUrl(url), file: url, environment: {}, madeAt: instant(Date.now()) });
  if (parsed.kind === 'valid') return { monitors: parsed.config.monitors, allowPrivate: true };
  const [{ problem, advice } = { problem: 'cannot be read', advice: 'write another one' }] = parsed.mistakes;
  throw new CannotAsk(`${url}: ${problem}; ${advice}`);
}

async function readConfig(file: string, environment: Environment): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CannotAsk(`${file} cannot be read: ${error.message}; name the configuration with --config, or write a URL`);
  });
  const parsed = parseConfig({ text, file, environment, madeAt: instant(Date.now()) });
  if (parsed.kind === 'valid') return parsed.config;
  const [first] = parsed.mistakes;
  const mistake = first === undefined ? '' : ` (${formatMistake(first)})`;
  throw new CannotAsk(`${file} has mistakes${mistake}; \`twinwatch check ${file}\` says them all`);
}
