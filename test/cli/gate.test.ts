import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gate } from '../../cli/gate';
import type { Functions } from '../../src/adapters/lambda/functions';
import type { RegionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import { parseConfig } from '../../src/core/config/parse-config';
import type { Attempt } from '../../src/core/observation';
import { runProber } from '../../src/engine/invocation';
import { at, attempt, east, west } from '../core/builders';
import { smallWorld } from '../engine/small-world';

const yaml = `regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
monitors:
  mail: { http: { url: https://mail.example.com/ } }
  shop: { http: { url: https://shop.example.com/ } }
`;
const broken = attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });

function parsed(text: string): Config {
  const read = parseConfig({ text, file: 'twinwatch.yaml', environment: {}, madeAt: at('00:00') });
  if (read.kind === 'invalid') throw new Error('the configuration of this test has mistakes');
  return read.config;
}

/** Deployed probers: the engine that runs in AWS, in worlds that a test makes. */
interface Deployed {
  /** What a region sees of a monitor, each time that it is asked. */
  readonly seen?: (region: RegionId, monitor: string, time: number) => Attempt;
  readonly configOf?: (region: RegionId) => Config;
  readonly lying?: RegionId;
  /** What becomes of the call itself. */
  readonly call?: (region: RegionId) => Error | object | undefined;
}

function deployed({ seen = () => attempt({ address: '192.0.2.10:443' }), configOf = () => parsed(yaml), lying, call = () => undefined }: Deployed): Functions {
  const times = new Map<RegionId, number>();
  return {
    async ask(region, role, event) {
      expect(role).toBe('prober');
      const instead = call(region);
      if (instead instanceof Error) throw instead;
      if (instead !== undefined) return instead;
      const time = (times.get(region) ?? 0) + 1;
      times.set(region, time);
      const small = smallWorld({ config: configOf(region), self: { region } });
      small.seen = (monitor) => seen(region, monitor, time);
      if (region === lying) small.canary = () => attempt();
      return JSON.parse(JSON.stringify(await runProber(event, small.world)));
    },
    start: () => Promise.reject(new Error('a gate starts nothing')),
  };
}

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-gate-'));
  file = join(folder, 'twinwatch.yaml');
  await writeFile(file, yaml);
});
afterAll(() => rm(folder, { recursive: true }));

const asked = (functions: Functions, over: object = {}) => gate({ config: file, times: '3', ...over }, functions);

describe('twinwatch gate', () => {
  it('says go, with what each region saw', async () => {
    const { text, exitCode } = await asked(deployed({}));
    expect(exitCode).toBe(0);
    expect(text.split('\n')).toEqual([
      'gate       GO: every region saw every monitor well, every time',
      'mail       eu-west-1  3 of 3 ok  0 ms at 192.0.2.10:443',
      '           us-east-2  3 of 3 ok  0 ms at 192.0.2.10:443',
      'shop       eu-west-1  3 of 3 ok  0 ms at 192.0.2.10:443',
      '           us-east-2  3 of 3 ok  0 ms at 192.0.2.10:443',
      '',
    ]);
  });

  it('says no-go when one region failed once, with the symptom', async () => {
    const seen: Deployed['seen'] = (region, monitor, time) => (region === east && monitor === 'shop' && time === 2 ? broken : attempt());
    const { text, exitCode } = await asked(deployed({ seen }));
    expect(exitCode).toBe(1);
    expect(text).toContain('gate       NO-GO: something fails\n');
    expect(text).toContain('           us-east-2  2 of 3 ok  status: status 503, wanted 2xx\n');
  });

  it('asks only about the monitors and the regions that were named', async () => {
    const seen: Deployed['seen'] = (region, monitor) => (monitor === 'shop' || region === east ? broken : attempt());
    const { text, exitCode } = await asked(deployed({ seen }), { monitors: 'mail', regions: 'eu-west-1', times: '1', json: true });
    expect(exitCode).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      verdict: 'go',
      regions: [{ region: west, isSameConfig: true, trouble: null }],
      monitors: [{ monitor: 'mail', region: west, ok: 1, failed: 0, notSeen: 0 }],
    });
  });

  const other = yaml.replace('shop.example.com', 'shop.example.org');
  it.each<[string, Deployed, RegExp]>([
    ['its configuration is another one', { configOf: (region) => parsed(region === east ? other : yaml) }, /this monitor with other settings; deploy\s+first/],
    [
      'it lacks a monitor',
      { configOf: (region) => parsed(region === east ? yaml.replace(/ {2}shop.*\n/, '') : yaml) },
      /does not have this monitor; deploy first/,
    ],
    ['it lies', { lying: east }, /cannot be believed: its canaries read\s+closed-port-answered/],
    ['it is of an older version, which does a round instead', { call: (region) => (region === east ? {} : undefined) }, /cannot be asked; deploy again/],
    [
      'nothing is deployed there',
      { call: (region) => (region === east ? named('ResourceNotFoundException') : undefined) },
      /us-east-2 {2}the prober of us-east-2 is not there: .*deploy/,
    ],
    [
      'it refuses',
      { call: (region) => (region === east ? named('AccessDeniedException', 'not authorized') : undefined) },
      /refuses: not authorized; your credentials need\s+this right/,
    ],
    [
      'it is not enabled',
      { call: (region) => (region === east ? named('UnrecognizedClientException') : undefined) },
      /enable-region\s+--region-name\s+us-east-2/,
    ],
    ['it is dark', { call: (region) => (region === east ? named('ECONNREFUSED') : undefined) }, /is us-east-2 dark, or this machine\s+offline/],
  ])('does not say go when %s in one region', async (_case, how, says) => {
    const { text, exitCode } = await asked(deployed(how));
    expect([exitCode, text]).toEqual([2, expect.stringMatching(says)]);
    expect(text).toContain('NOT ASKED: nothing is known to fail, but not everything could be seen');
  });

  it('says once why a region cannot be asked, however many monitors there are', async () => {
    const call: Deployed['call'] = (region) => (region === east ? named('ECONNREFUSED') : undefined);
    expect((await asked(deployed({ call }))).text.match(/dark, or this/g)).toHaveLength(1);
  });

  it('says no-go when one region fails and the other cannot be asked: what fails is known', async () => {
    const call: Deployed['call'] = (region) => (region === east ? named('ECONNREFUSED') : undefined);
    expect((await asked(deployed({ call, seen: () => broken }))).exitCode).toBe(1);
  });

  it.each([
    ['a number of times that is none', { times: '0' }, 'twinwatch: "0" is no number of times; write one from 1 to 20 after --times\n'],
    ['an unknown monitor', { monitors: 'shap' }, 'twinwatch: there is no monitor "shap"; did you mean shop?\n'],
    ['a witness', { regions: 'eu-central-1' }, 'twinwatch: "eu-central-1" is none of the regions that can be asked: eu-west-1, us-east-2\n'],
    ['no monitor at all', { monitors: ',' }, 'twinwatch: there is no monitor to ask about; name some with --monitors\n'],
  ])('refuses %s, and says what to write', async (_case, over, text) => {
    expect(await asked(deployed({}), over)).toEqual({ exitCode: 2, text });
  });
});
