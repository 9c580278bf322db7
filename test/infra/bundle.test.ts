import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { TwinwatchRegion } from '../../infra/index';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { type Config, configFromJson } from '../../src/core/config/config';
import { account, frankfurt, ireland, newApp, threeRegions } from './assembly';

/** Bundles what one region runs, for real; an asset is named by the hash of what is in it. */
function bundled(region: RegionId, config: Config = threeRegions): readonly string[] {
  const app = newApp(['**']);
  new TwinwatchRegion(new Stack(app, 'bundled', { env: { account, region } }), 'Region', { config });
  const { directory } = app.synth();
  return readdirSync(directory)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => join(directory, name));
}

describe('what Lambda is given', () => {
  const functions = bundled(ireland);

  test('is for each function one module, and the parsed configuration beside it', () => {
    expect(functions).toHaveLength(2);
    for (const directory of functions) {
      expect(readdirSync(directory).sort()).toEqual(['config.json', 'index.mjs']);
      expect(configFromJson(readFileSync(join(directory, 'config.json'), 'utf8'))).toEqual(threeRegions);
    }
  });

  test('loads as a module with a handler, where nothing provides the require that some packages call', () => {
    const script = 'const loaded = await import(process.argv[1]); process.stdout.write([typeof require, typeof loaded.handler].join(" "));';
    for (const directory of functions) {
      const environment = { PATH: process.env.PATH, AWS_REGION: ireland, LAMBDA_TASK_ROOT: directory, NODE_NO_WARNINGS: '1' };
      const loading = ['--input-type=module', '-e', script, join(directory, 'index.mjs')];
      expect(execFileSync(process.execPath, loading, { env: environment, encoding: 'utf8' })).toBe('undefined function');
    }
  });

  test('is the same code every time, under another name when the configuration changed', () => {
    const [changed] = bundled(frankfurt, { ...threeRegions, madeAt: instant(threeRegions.madeAt + 1) });
    expect(functions.map(codeIn).includes(codeIn(changed!))).toBe(true);
    expect(functions.map((directory) => basename(directory))).not.toContain(basename(changed!));
  });
});

const codeIn = (directory: string) => readFileSync(join(directory, 'index.mjs'), 'utf8');
