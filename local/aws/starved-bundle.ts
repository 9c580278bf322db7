/** The bundle of a prober that leaves out monitors and does not know it, as one that never comes to the end of its rounds. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, configFromJson, configToJson } from '../../src/core/config/config';
import { configFileName } from '../../src/core/names';

/** Everything but the monitors is as it was, the hash of the configuration too: nobody is told that fewer are meant. */
export function writeStarvedBundle(bundleDir: string, starvedDir: string): string {
  cpSync(bundleDir, starvedDir, { recursive: true });
  const config = configFromJson(readFileSync(join(bundleDir, configFileName), 'utf8'));
  writeFileSync(join(starvedDir, configFileName), configToJson({ ...config, monitors: coveredOf(config) }));
  return starvedDir;
}

/** Every second one is left out, and at least one. */
const coveredOf = ({ monitors }: Config): Config['monitors'] => monitors.filter((_monitor, place) => place % 2 === 1);
