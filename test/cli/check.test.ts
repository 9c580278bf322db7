import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../cli/check';

const directory = mkdtempSync(join(tmpdir(), 'twinwatch-check-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileWith(content: string | Uint8Array): string {
  const file = join(directory, 'twinwatch.yaml');
  writeFileSync(file, content);
  return file;
}

const screen = (file: string, environment = {}) => check(file, { isJson: false, environment });
const json = async (file: string) => {
  const { text, exitCode } = await check(file, { isJson: true, environment: {} });
  return { view: JSON.parse(text), exitCode };
};

const regions = 'regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }';

describe('twinwatch check', () => {
  it('sums up a configuration without mistakes', async () => {
    expect(await screen('twinwatch.yaml')).toEqual({
      text: 'twinwatch.yaml: 3 monitors, 2 regions and a witness, beats every 60 s: no mistakes\n',
      exitCode: 0,
    });
  });

  it('prints warnings before the sum, and they are no mistakes', async () => {
    const file = fileWith(`${regions}\nmonitors: { a: { http: https://a.example.com } }\n`);
    const { text, exitCode } = await screen(file);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^warning: .*twinwatch\.yaml:1:1 anchors: there are no anchors/),
      expect.stringMatching(/^warning: .*twinwatch\.yaml:1:1 channels: nobody is told/),
      `${file}: 1 monitor, 2 regions and a witness, beats every 60 s: no mistakes`,
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  it('prints every mistake on a line of its own', async () => {
    const file = fileWith(`${regions}\nmonitors:\n  a: { http: "\${env:SHOP}", intervall: 60s }\n  b: { http: https://b.example.com, interval: 60 }\n`);
    expect(await screen(file)).toEqual({
      text: [
        `${file}:3:8 monitors.a.http: the environment variable SHOP is not set; set it where you start twinwatch, such as \`export SHOP=…\``,
        `${file}:3:29 monitors.a.intervall: unknown key \`intervall\`; did you mean \`interval\`?`,
        `${file}:4:37 monitors.b.interval: 60 has no unit; write 60s`,
        `${file}: 3 mistakes; nothing is started or deployed from it`,
        '',
      ].join('\n'),
      exitCode: 1,
    });
  });

  it('reads references from the environment', async () => {
    const file = fileWith(`${regions}\nmonitors: { a: { http: "\${env:SHOP}" } }\n`);
    expect((await screen(file, { SHOP: 'https://shop.example.com' })).exitCode).toBe(0);
  });

  it('prints one JSON object for programs', async () => {
    const { view, exitCode } = await json('twinwatch.yaml');
    expect(exitCode).toBe(0);
    expect(view).toEqual({
      file: 'twinwatch.yaml',
      valid: true,
      mistakes: [],
      notes: [],
      warnings: [],
      config: { hash: expect.any(String), monitors: 3, probers: ['eu-west-1', 'us-east-2'], witness: 'eu-central-1', beatIntervalMs: 60_000, shards: 1 },
    });
  });

  it('prints mistakes as JSON with their parts', async () => {
    const file = fileWith(`${regions}\nmonitors: {}\n`);
    const { view, exitCode } = await json(file);
    expect(exitCode).toBe(1);
    expect(view).toEqual({
      file,
      valid: false,
      mistakes: [{ file, line: 2, column: 1, path: 'monitors', problem: 'nothing is watched', advice: expect.stringMatching(/^write at least one/) }],
      warnings: [],
    });
  });

  it.each([
    ['that is not there', () => join(directory, 'none.yaml'), /there is no such file; name another one/],
    ['that is a directory', () => directory, /it is a directory; name the file in it/],
    ['that is not text', () => fileWith(Uint8Array.of(0xff, 0xfe, 0x00)), /it is not UTF-8 text; save it as UTF-8/],
  ])('says what to do about a file %s', async (_, file, said) => {
    const name = file();
    const { text, exitCode } = await screen(name);
    expect(text).toMatch(said);
    expect(text.startsWith(`${name} cannot be read: `)).toBe(true);
    expect(exitCode).toBe(2);
    expect(await json(name)).toEqual({ view: { file: name, valid: false, unreadable: expect.stringMatching(said) }, exitCode: 2 });
  });
});
