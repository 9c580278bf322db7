import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cost } from '../../cli/cost';

const directory = mkdtempSync(join(tmpdir(), 'twinwatch-cost-'));
afterAll(() => rmSync(directory, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

const yaml = (interval: string) => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
channels: { ops: { email: ops@example.com } }
monitors:
  shop: { http: { url: https://shop.example.com/health }, interval: ${interval} }
`;
const asked = (config: string, json = false) => cost({ config, json, environment: {} });

describe('the bill of a configuration', () => {
  test('has a row for what is paid and a column for each region, and says when its prices were read', async () => {
    const { text, exitCode } = await asked(written('minute.yaml', yaml('1m')));
    expect(exitCode).toBe(0);
    expect(text).toMatch(/1 monitor from eu-west-1, us-east-2 and a witness in eu-central-1, beats every 60 s/);
    expect(text).toMatch(/^USD a month +eu-west-1 +us-east-2 +eu-central-1 +all$/m);
    expect(text).toMatch(/^ {2}beat metrics +1\.50 +1\.50 +1\.50 +4\.50 {2}15 metrics$/m);
    expect(text).toMatch(/^ {2}prober requests +0\.01 +0\.01 +0\.02 {2}87,600 requests$/m);
    expect(text).toMatch(/105\.12 {2}CloudWatch Synthetics: 87600 runs/);
    expect(text).toMatch(/Prices of 2026-11-20 from the AWS Price List/);
    expect(text).toMatch(/eu-central-1 is priced as eu-west-1/);
    expect(text).not.toMatch(/would be/);
  });

  test('tells what a minute would save where the beats are shorter', async () => {
    const { text } = await asked(written('quick.yaml', yaml('10s')));
    expect(text).toMatch(/With intervals of a minute or more it would be \d+\.\d\d: shorter ones keep every function running/);
  });

  test('is one JSON object for programs, and adds up', async () => {
    const { text } = await asked(written('json.yaml', yaml('1m')), true);
    const bill = JSON.parse(text);
    expect(bill.lines.reduce((sum: number, line: { usd: number }) => sum + line.usd, 0)).toBeCloseTo(bill.usd, 9);
    expect(bill.pricesOf.date).toBe('2026-11-20');
  });
});

describe('what cannot be computed', () => {
  test('is a file that is not there: name another one', async () => {
    const { text, exitCode } = await asked(join(directory, 'nowhere.yaml'));
    expect(exitCode).toBe(2);
    expect(text).toMatch(/nowhere\.yaml cannot be read: .+; name the configuration with --config/);
  });

  test('is a file with mistakes: each of them is said', async () => {
    const { text, exitCode } = await asked(written('bad.yaml', yaml('60')));
    expect(exitCode).toBe(1);
    expect(text).toMatch(/bad\.yaml:5:\d+ monitors\.shop\.interval/);
  });
});
