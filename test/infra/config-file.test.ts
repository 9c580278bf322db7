import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigFile } from '../../infra/config-file';
import { deploymentOf, ireland, threeRegions } from './assembly';

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

describe('what can be deployed and is still worth a second thought', () => {
  const warningsOf = (regions: string) => {
    const read = readConfigFile(written('warned.yaml', good.replace(/^regions: .+$/m, `regions: ${regions}`)), {});
    return read.kind === 'valid' ? read.warnings.join('\n') : read.mistakes;
  };

  test.each([
    [
      'one region only',
      '{ probers: [eu-west-1] }',
      /one region probes alone, so nothing it sees is confirmed and no peer tells when it stops; add a second region/,
    ],
    [
      'us-east-1 as a prober',
      '{ probers: [us-east-1, eu-west-1], witness: eu-central-1 }',
      /us-east-1 holds the control planes .+; prefer a region such as us-east-2/,
    ],
    ['no witness', '{ probers: [eu-west-1, us-east-2] }', /there is no witness, .+; add `witness:` with a third region/],
  ])('%s is a warning that says why, with its place', (_case, regions, sentence) => {
    expect(warningsOf(regions)).toMatch(sentence);
    expect(warningsOf(regions)).toMatch(/^\S+warned\.yaml:2:\d+ regions/m);
  });

  test('one region is deployed all the same', () => {
    const alone = deploymentOf({ ...threeRegions, regions: { probers: [ireland] } });
    expect(alone.regions.map(({ region }) => region)).toEqual([ireland]);
    expect(
      alone
        .in(ireland)
        .all('AWS::CloudWatch::Alarm')
        .filter(({ Properties }) => String(Properties.AlarmName).includes('-silent-')),
    ).toHaveLength(2);
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
