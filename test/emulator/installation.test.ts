import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installAlarmEmulator, installEmulator, Missing } from './installation';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-installation-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An environment with programs that do this, and no others. */
function only(programs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const path = mkdtempSync(join(folder, 'path-'));
  for (const [name, text] of programs) writeFileSync(join(path, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return { PATH: path, XDG_CACHE_HOME: path, HOME: path };
}

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux.each([
  ['no openssl', [], 'there is no `openssl`'],
  [
    'no Python that is new enough',
    [
      ['openssl', 'exit 0'],
      ['python3', 'exit 1'],
    ],
    'needs Python 3.10 or newer, and there is none in PATH',
  ],
  [
    'no PyPI',
    [
      ['openssl', 'exit 0'],
      ['python3', 'case "$1" in -c) exit 0;; *) echo "ERROR: no route to host"; exit 1;; esac'],
    ],
    'could not be installed from PyPI: ERROR: no route to host',
  ],
] as const)('a machine with %s lacks something, and it is said what', async (_case, programs, words) => {
  const installing = installEmulator(folder, only(programs));
  await expect(installing).rejects.toBeInstanceOf(Missing);
  await expect(installing).rejects.toThrow(words);
});

describe('the emulator that evaluates alarms', () => {
  onLinux('needs a newer Python, and says so', async () => {
    const installing = installAlarmEmulator(folder, only([['python3', 'exit 1']]));
    await expect(installing).rejects.toBeInstanceOf(Missing);
    await expect(installing).rejects.toThrow('localemu==1.3.2 needs Python 3.13 or newer, and there is none in PATH or among the versions of pyenv');
  });

  onLinux('takes a Python that pyenv has and does not put into the path', async () => {
    const environment = only([]);
    for (const [version, text] of [
      ['3.12.1', 'echo too old; exit 1'],
      ['3.13.0', 'case "$1" in -c) exit 0;; *) echo "this is 3.13.0"; exit 1;; esac'],
    ] as const) {
      mkdirSync(join(environment.HOME!, '.pyenv', 'versions', version, 'bin'), { recursive: true });
      writeFileSync(join(environment.HOME!, '.pyenv', 'versions', version, 'bin', 'python3'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    await expect(installAlarmEmulator(folder, environment)).rejects.toThrow('could not be installed from PyPI: this is 3.13.0');
  });
});
