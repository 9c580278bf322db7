/** The emulator in a virtual environment of its own, kept between runs. What it needs may be missing: then there is nothing to prove with. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastWords, run } from './processes';

const emulatorPackage = 'ministack==1.5.33';

/** Something that this machine lacks. */
export class Missing extends Error {}

const pythons = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

type Environment = Readonly<Record<string, string | undefined>>;

/** The Python that has the emulator. */
export async function installEmulator(workFolder: string, environment: Environment): Promise<string> {
  if (process.platform !== 'linux') throw new Missing('which ports a process listens on is asked of Linux, and this is no Linux');
  if (!canRun(environment, 'openssl', ['version'])) throw new Missing('there is no `openssl` to make a certificate with');
  const folder = join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'twinwatch', emulatorPackage.replace('==', '-'));
  if (!existsSync(folder)) await install(folder, workFolder, environment);
  return join(folder, 'bin', 'python');
}

/** Made under another name first: what was interrupted must not pass for whole. */
async function install(folder: string, workFolder: string, environment: Environment): Promise<void> {
  const python = pythons.find((name) => canRun(environment, name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']));
  if (python === undefined) throw new Missing(`${emulatorPackage} needs Python 3.10 or newer, and there is none in PATH`);
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  const logFile = join(workFolder, 'install.log');
  const command = { environment, folder: workFolder, logFile };
  try {
    await run({ ...command, program: python, words: ['-m', 'venv', unfinished] }, 60);
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', emulatorPackage];
    await run({ ...command, program: join(unfinished, 'bin', 'python'), words }, 120);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch {
    throw new Missing(`${emulatorPackage} could not be installed from PyPI: ${lastWords(logFile, 1)}`);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

const canRun = (environment: Environment, program: string, words: readonly string[]): boolean =>
  spawnSync(program, words, { env: { ...environment } }).status === 0;
