/** The configuration that is deployed, from the file that a user names. */
import { readFile, stat } from 'node:fs/promises';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { allRegions, type Config } from '../../src/core/config/config';
import { parseConfig } from '../../src/core/config/parse-config';
import { CannotAsk } from '../local-http';

/** Throws CannotAsk. It is as old as its file, as it is when it is deployed. */
export async function readConfig(file: string): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CannotAsk(`${file} cannot be read: ${error.message}; name the configuration that is deployed with --config`);
  });
  const madeAt = instant(Math.floor((await stat(file)).mtimeMs));
  const parsed = parseConfig({ text, file, environment: process.env, madeAt });
  if (parsed.kind === 'valid') return parsed.config;
  throw new CannotAsk(`${file} has mistakes; \`twinwatch check ${file}\` says them`);
}

/** Regions that a user named, all of these where none was named. Throws CannotAsk for one that is not among them. */
export function regionsNamed(written: string | undefined, among: readonly RegionId[]): readonly RegionId[] {
  if (written === undefined) return among;
  return namesIn(written).map((name) => {
    const region = among.find((one) => one === name);
    if (region === undefined) throw new CannotAsk(`"${name}" is none of the regions that can be asked: ${among.join(', ')}`);
    return region;
  });
}

export const namesIn = (written: string): readonly string[] => [
  ...new Set(
    written
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

/** A replica that is not this region's own, where there is one. */
export function otherRegion({ regions }: Config, region: RegionId): RegionId {
  return allRegions(regions).find((other) => other !== region) ?? region;
}
