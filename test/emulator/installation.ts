/** The emulators, each in a virtual environment of its own, kept between runs. What it needs may be missing: then there is nothing to prove with. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastWords, run } from './processes';

/** An emulator as PyPI has it, and the Python that it needs. */
interface Package {
  readonly requirement: string;
  readonly leastMinor: number;
  /** It is large, and may take long. */
  readonly limitSeconds: number;
}

const ministack: Package = { requirement: 'ministack==1.5.33', leastMinor: 10, limitSeconds: 120 };
/** Its own description asks for Python 3.10; its sources import names of 3.13. */
const localEmu: Package = { requirement: 'localemu==1.3.2', leastMinor: 13, limitSeconds: 240 };

/** Something that this machine lacks. */
export class Missing extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** The Python that has the emulator to which everything is deployed. */
export async function installEmulator(workFolder: string, environment: Environment): Promise<string> {
  requireLinux();
  if (!canRun(environment, 'openssl', ['version'])) throw new Missing('there is no `openssl` to make a certificate with');
  return installed(ministack, workFolder, environment);
}

/** The Python that has the emulator which evaluates alarms. */
export async function installAlarmEmulator(workFolder: string, environment: Environment): Promise<string> {
  requireLinux();
  return installed(localEmu, workFolder, environment);
}

function requireLinux(): void {
  if (process.platform !== 'linux') throw new Missing('which ports a process listens on is asked of Linux, and this is no Linux');
}

async function installed(wanted: Package, workFolder: string, environment: Environment): Promise<string> {
  const folder = join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'twinwatch', wanted.requirement.replace('==', '-'));
  if (!existsSync(folder)) await install(wanted, folder, { workFolder, environment });
  return join(folder, 'bin', 'python');
}

interface Where {
  readonly workFolder: string;
  readonly environment: Environment;
}

/** Made under another name first: what was interrupted must not pass for whole. */
async function install({ requirement, leastMinor, limitSeconds }: Package, folder: string, { workFolder, environment }: Where): Promise<void> {
  const isNewEnough = ['-c', `import sys; sys.exit(sys.version_info < (3, ${leastMinor}))`];
  const python = pythonsOf(environment, leastMinor).find((name) => canRun(environment, name, isNewEnough));
  if (python === undefined)
    throw new Missing(
      `${requirement} needs Python 3.${leastMinor} or newer, and there is none in PATH${leastMinor > 12 ? ' or among the versions of pyenv' : ''}`,
    );
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  const logFile = join(workFolder, 'install.log');
  const command = { environment, folder: workFolder, logFile };
  try {
    await run({ ...command, program: python, words: ['-m', 'venv', unfinished] }, 60);
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', requirement];
    await run({ ...command, program: join(unfinished, 'bin', 'python'), words }, limitSeconds);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch {
    throw new Missing(`${requirement} could not be installed from PyPI: ${lastWords(logFile, 1)}`);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

const newestMinor = 15;

/** Those in PATH, and those that pyenv has and does not put there. */
function pythonsOf(environment: Environment, leastMinor: number): readonly string[] {
  const minors = Array.from({ length: newestMinor - leastMinor + 1 }, (_, nth) => newestMinor - nth);
  const versions = join(environment.PYENV_ROOT ?? join(environment.HOME ?? homedir(), '.pyenv'), 'versions');
  const kept = existsSync(versions) ? readdirSync(versions).filter((name) => minors.includes(Number(/^3\.(\d+)/.exec(name)?.[1]))) : [];
  return ['python3', ...minors.map((minor) => `python3.${minor}`), ...kept.map((name) => join(versions, name, 'bin', 'python3'))];
}

const canRun = (environment: Environment, program: string, words: readonly string[]): boolean =>
  spawnSync(program, words, { env: { ...environment } }).status === 0;
