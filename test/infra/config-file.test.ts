import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigFile } from '../../infra/config-file';

const directory = mkdtempSync(join(tmpdir(), 'twinwatch-infra-'));
afterAll(() => rmSync(directory, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

const good = `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
channels: { ops-mail: { email: ops@example.com } }
monitors:
  shop: { http: { url: https://shop.example.com/health } }
`;
const bad = `
regions: { probers: [eu-west-1, us-east-2] }
channels: { ops-mail: { email: ops@example.com } }
monitors:
  shop: { http: { url: https://shop.example.com/health }, interval: 60, timeOut: 3s }
`;

describe('when a configuration was made', () => {
  const madeAt = (file: string, environment: Record<string, string> = {}) => {
    const read = readConfigFile(file, environment);
    return read.kind === 'valid' ? new Date(read.config.madeAt).toISOString() : read.mistakes;
  };

  test('is when its file changed last, so that a second synth changes nothing', () => {
    const file = written('aged.yaml', good);
    const changed = new Date('2026-11-20T04:02:00Z');
    utimesSync(file, changed, changed);
    expect(madeAt(file)).toBe('2026-11-20T04:02:00.000Z');
  });

  test('is SOURCE_DATE_EPOCH where that is given, as after a fresh checkout', () => {
    expect(madeAt(written('fresh.yaml', good), { SOURCE_DATE_EPOCH: '1795147320' })).toBe('2026-11-20T04:02:00.000Z');
  });

  test('is nothing that cannot be read', () => {
    expect(madeAt(written('odd.yaml', good), { SOURCE_DATE_EPOCH: 'yesterday' })).toEqual([
      'SOURCE_DATE_EPOCH is "yesterday". Give whole seconds since 1970, or unset it.',
    ]);
  });
});

test('a file that is not there is told with what to do', () => {
  const file = join(directory, 'nowhere.yaml');
  expect(readConfigFile(file, {})).toEqual({
    kind: 'invalid',
    mistakes: [`${file}: there is no such file. Write it, or name another with \`-c config=FILE\` or TWINWATCH_CONFIG.`],
  });
});

describe('a mistake in twinwatch.yaml', () => {
  const file = written('bad.yaml', bad);
  const output = join(directory, 'out');
  const synth = spawnSync(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TWINWATCH_CONFIG: file, CDK_OUTDIR: output, CDK_VALIDATION: 'false' },
  });

  test('stops the synth with a sentence for each, and where it is', () => {
    expect(synth.status).toBe(1);
    expect(synth.stderr).toMatch(/bad\.yaml:5:\d+ monitors\.shop\.interval: .+; .+/);
    expect(synth.stderr).toMatch(/bad\.yaml:5:\d+ monitors\.shop\.timeOut: .+; .+/);
    expect(synth.stdout).toBe('');
  });

  test('is told without a stack trace', () => {
    expect(synth.stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
  });

  test('builds nothing', () => {
    expect(existsSync(join(output, 'manifest.json'))).toBe(false);
    expect(existsSync(join(output, 'twinwatch-home.template.json'))).toBe(false);
  });
});
