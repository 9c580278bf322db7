import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { bytesOf, loadedFiles } from '../../bench/cold/loaded';
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

  test('is for each function its modules, and the parsed configuration beside them', () => {
    expect(functions).toHaveLength(3);
    for (const directory of functions) {
      expect(readdirSync(directory).sort()).toEqual(['config.json', 'index.mjs', 'pieces']);
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

  test('is loaded in pieces: what only some monitors need is not read before one of them is due', () => {
    for (const directory of functions) {
      const entry = join(directory, 'index.mjs');
      const read = [...loadedFiles([entry])].map((file) => basename(file));
      expect(read.length).toBeGreaterThan(1);
      expect(read.filter((name) => /^(http-probe|full-probe|judge-json)-/.test(name))).toEqual([]);
    }
  });

  test('is small: what is read for http monitors, what a watchdog reads, and what a widget reads', () => {
    const most = (of: (directory: string) => number) => Math.max(...functions.map(of));
    expect(most((directory) => bytesOf(loadedFiles([join(directory, 'index.mjs'), ...piecesIn(directory, 'http-probe')])))).toBeLessThan(1_200_000);
    const sizes = functions.map((directory) => bytesOf(loadedFiles([join(directory, 'index.mjs')]))).sort((one, other) => one - other);
    expect(sizes[0]).toBeLessThan(500_000);
    expect(sizes[1]).toBeLessThan(800_000);
  });

  test('is the same code every time, under another name when the configuration changed', () => {
    expect(bundled(ireland, { ...threeRegions }).map((directory) => basename(directory))).toEqual(functions.map((directory) => basename(directory)));
    const [changed] = bundled(frankfurt, { ...threeRegions, madeAt: instant(threeRegions.madeAt + 1) });
    expect(functions.map(codeIn).includes(codeIn(changed!))).toBe(true);
    expect(functions.map((directory) => basename(directory))).not.toContain(basename(changed!));
  });
});

const codeIn = (directory: string) => [join(directory, 'index.mjs'), ...piecesIn(directory, '')].map((file) => readFileSync(file, 'utf8')).join();
const piecesIn = (directory: string, name: string) =>
  readdirSync(join(directory, 'pieces'))
    .filter((piece) => piece.startsWith(name))
    .map((piece) => join(directory, 'pieces', piece));
