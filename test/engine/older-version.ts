/** The engine and the store of an earlier commit, built from the history of this repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type * as Dynamodb from '../../src/adapters/dynamodb/replica';
import type * as Invocation from '../../src/engine/invocation';
import type * as Overview from '../../src/engine/overview';

/** What a region runs, of any version. */
export type Version = Pick<typeof Invocation, 'runProber' | 'runWatchdog' | 'createMemory'> &
  Pick<typeof Dynamodb, 'createReplica'> &
  Pick<typeof Overview, 'createOverview'>;

const root = join(__dirname, '../..');
const entry = `
export { runProber, runWatchdog, createMemory } from './src/engine/invocation';
export { createReplica } from './src/adapters/dynamodb/replica';
export { createOverview } from './src/engine/overview';
`;

/** Why a commit cannot be had; undefined where it can. */
export function whyNot(commit: string): string | undefined {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root, stdio: 'ignore' });
    return undefined;
  } catch {
    return `the commit ${commit} is not here: this is no clone with its whole history (git fetch --unshallow)`;
  }
}

export function versionOf(commit: string): Version {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-older-'));
  try {
    const archive = execFileSync('git', ['archive', '--format=tar', commit, 'src', 'package.json'], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    mkdirSync(join(folder, 'of'));
    execFileSync('tar', ['-x', '-C', join(folder, 'of')], { input: archive });
    const outfile = join(folder, 'older.cjs');
    buildSync({
      stdin: { contents: entry, resolveDir: join(folder, 'of'), loader: 'ts' },
      nodePaths: [join(root, 'node_modules')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'silent',
    });
    return require(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
