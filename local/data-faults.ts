/** What is wrong with the files of a data folder, looked at before anything is started on them. */
import { createPrivateKey } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionId } from '../src/core/basics/brand';
import { outboxFault } from './aws/outbox';
import { StartRefused } from './refusal';

/** Databases, logs and bundles of a day fit into it. */
const leastFreeBytes = 32 * 1024 * 1024;

/** Throws StartRefused with every fault. */
export function refuseFaultyData(dataFolder: string, regions: readonly RegionId[]): void {
  const faults = [...roomFaults(dataFolder), ...regions.flatMap((region) => faultsOfRegion(join(dataFolder, region)))];
  if (faults.length > 0) throw new StartRefused([...faults, 'nothing was started'].join('\n'));
}

function roomFaults(folder: string): readonly string[] {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leastFreeBytes) return [];
  const megabytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MB`;
  return [
    `${folder} is on a disk with ${megabytes(bavail * bsize)} left, and ${megabytes(leastFreeBytes)} are needed; make room, or name a folder elsewhere with --data DIR`,
  ];
}

function faultsOfRegion(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const outboxes = readdirSync(folder).filter((name) => /^outbox-.*\.log$/.test(name));
  return [
    ...faultOf(join(folder, 'table.sqlite'), databaseFault),
    ...outboxes.flatMap((name) => faultOf(join(folder, name), outboxFault)),
    ...readdirSync(folder).flatMap((name) => (name.endsWith('.pem') ? faultOf(join(folder, name), keyFault) : [])),
  ];
}

/** The sentence that a look at a file comes to; what cannot even be read is a fault, too. */
function faultOf(file: string, look: (file: string) => string | undefined): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    const fault = look(file);
    return fault === undefined ? [] : [`${file} ${fault}`];
  } catch (error) {
    return [`${file} cannot be read: ${(error as Error).message}; make it readable, or move it away`];
  }
}

const databaseOpening = 'SQLite format 3\0';

/** An empty file is one that was never written to. What is damaged further inside is said by the database itself. */
function databaseFault(file: string): string | undefined {
  const opening = Buffer.alloc(databaseOpening.length);
  const descriptor = openSync(file, 'r');
  try {
    const bytes = readSync(descriptor, opening, 0, opening.length, 0);
    if (bytes === 0 || opening.toString('latin1') === databaseOpening) return undefined;
  } finally {
    closeSync(descriptor);
  }
  return 'is no database any more; put a copy of it back, or move it away with its -wal and -shm: that region then begins empty, and what only it knew is lost';
}

function keyFault(file: string): string | undefined {
  try {
    createPrivateKey(readFileSync(file, 'utf8'));
    return undefined;
  } catch {
    return 'is no private key any more; move it away: a new one is made, and receivers of webhooks fetch its other half by themselves';
  }
}
