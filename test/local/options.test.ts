import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readOptions } from '../../local/options';
import { projectRoot } from '../../local/project-root';
import { readConfigFile } from '../../local/read-config';

describe('twinwatch up', () => {
  it('runs ./twinwatch.yaml on port 4300, with its data in .twinwatch', () => {
    expect(readOptions([])).toEqual({
      isDemo: false,
      configFile: 'twinwatch.yaml',
      dataFolder: resolve('.twinwatch'),
      port: 4300,
      isIdle: false,
      isJson: false,
    });
  });

  it('takes another file, folder and port', () => {
    const options = readOptions(['--config', 'a.yaml', '--data=/d', '--port', '0', '--json']);
    expect(options).toEqual({ isDemo: false, configFile: 'a.yaml', dataFolder: '/d', port: 0, isIdle: false, isJson: true });
  });

  it.each([
    [['--port', 'x'], '"x" is no port'],
    [['--port', '65536'], '"65536" is no port'],
    [['--port=-1'], '"-1" is no port'],
    [['--prot', '1'], '--prot'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--demo', '--config', 'a.yaml'], 'leave out either --demo or --config'],
  ])('refuses %j with a sentence', (words, sentence) => {
    expect(() => readOptions(words)).toThrow(sentence);
  });
});

describe('the configuration of a start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('that is missing is said to be missing, and what to do', () => {
    expect(() => readConfigFile(join(folder, 'none.yaml'))).toThrow(/none.yaml cannot be read: there is no such file; .*--config FILE, or try --demo/);
  });

  it('with mistakes says all of them, with their places', () => {
    const file = join(folder, 'twinwatch.yaml');
    writeFileSync(file, 'regions: { probers: [eu-west-1, mars-1] }\nmonitors:\n  shop: { http: https://shop.example.com/, interval: 60 }\n');
    const said = (() => {
      try {
        readConfigFile(file);
        return '';
      } catch (error) {
        return String((error as Error).message);
      }
    })();
    expect(said).toContain(`${file}:1:`);
    expect(said).toContain(`${file}:3:`);
    expect(said.split('\n').at(-1)).toBe(`${file} holds 2 mistakes, so nothing was started`);
  });
});

it('the project is found from any folder in it, and from nowhere else', () => {
  expect(projectRoot(join(process.cwd(), 'node_modules', '.cache', 'twinwatch'))).toBe(process.cwd());
  expect(() => projectRoot(tmpdir())).toThrow('no package named twinwatch');
});
