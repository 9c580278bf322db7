import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';

const entry = join(process.cwd(), 'bin/twinwatch.mjs');

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function twinwatch(argv: readonly string[], cwd = process.cwd()): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [entry, ...argv], { cwd, maxBuffer: 1e7 }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

describe('the one entry', () => {
  it('runs from any folder, and several at once', async () => {
    const [inProject, elsewhere, schema, named] = await Promise.all([
      twinwatch(['check']),
      twinwatch(['check'], tmpdir()),
      twinwatch(['schema'], tmpdir()),
      twinwatch(['check', join(process.cwd(), 'twinwatch.yaml'), '--json'], tmpdir()),
    ]);
    expect(inProject).toEqual({ exitCode: 0, stdout: expect.stringContaining('no mistakes'), stderr: '' });
    expect(elsewhere).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^twinwatch\.yaml cannot be read: /) });
    expect(schema).toEqual({ exitCode: 0, stdout: readFileSync('twinwatch.schema.json', 'utf8'), stderr: '' });
    expect(JSON.parse(named.stdout)).toMatchObject({ valid: true });
  });

  it('explains its commands, knows its version, and helps with a misspelt word', async () => {
    const [help, upHelp, itsVersion, misspelt] = await Promise.all([
      twinwatch(['--help']),
      twinwatch(['up', '--help']),
      twinwatch(['--version']),
      twinwatch(['chek']),
    ]);
    for (const command of ['up [options]', 'check [options] [file]', 'schema']) expect(help.stdout).toContain(command);
    for (const option of ['--demo', '--config <file>', '--data <directory>', '--port <n>', '--json']) expect(upHelp.stdout).toContain(option);
    expect(itsVersion.stdout).toBe(`${version}\n`);
    expect(misspelt).toEqual({ exitCode: 1, stdout: '', stderr: expect.stringContaining('(Did you mean check?)') });
  });
});
