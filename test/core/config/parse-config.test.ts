// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { readFileSync } from 'node:fs';
import { configFromJson, configToJson } from '../../../src/core/config/config';
import { configOf, mistakesOf, parse, textWith, textWithMonitor, warningsOf } from './config-text';

describe('a configuration without mistakes', () => {
  it('says everything that was left out', () => {
    const config = configOf('regions: { probers: [eu-west-1, us-east-2] }\nmonitors: { shop: { http: https://shop.example.com/health } }');
    expect(config).toEqual({
      madeAt: Date.UTC(2026, 10, 21),
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
      regions: { probers: ['eu-west-1', 'us-east-2'] },
      beatIntervalMs: 60_000,
      watch: { tolerateMs: 60_000 },
      anchors: [],
      outside: [],
      network: { allowPrivate: false },
      channels: [],
      monitors: [
        {
          id: 'shop',
          hash: expect.stringMatching(/^[0-9a-f]{12}$/),
          intervalMs: 60_000,
          timeoutMs: 10_000,
          downAfter: 2,
          upAfter: 2,
          severity: 'page',
          regionsToPage: 'majority',
          target: 'https://shop.example.com/health',
          probe: { kind: 'http', url: 'https://shop.example.com/health', expect: { status: [[200, 299]] } },
        },
      ],
    });
  });

  it('says everything that was written', () => {
    const config = configOf(
      textWith({
        defaults: '{ interval: 30s, timeout: 4s, downAfter: 3, upAfter: 1 }',
        watch: '{ tolerate: 1m30s }',
        network: '{ allowPrivate: true }',
        monitors: `{ b: { http: { url: "http://127.0.0.1:80/", expect: { status: [204, 2xx, 301-302], within: 800ms } }, interval: 20s,
          timeout: 2s, downAfter: 5, upAfter: 4, severity: note }, a: { http: http://localhost/ } }`,
      }),
    );
    expect(config.watch.tolerateMs).toBe(90_000);
    expect(config.network.allowPrivate).toBe(true);
    expect(config.regions.witness).toBe('eu-central-1');
    expect(config.beatIntervalMs).toBe(10_000);
    expect(config.channels).toEqual([
      { kind: 'webhook', name: 'hook', url: 'https://ops.example.com/hook' },
      { kind: 'email', name: 'mail', address: 'ops@example.com' },
    ]);
    expect(config.monitors.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(config.monitors[0]).toMatchObject({ intervalMs: 30_000, timeoutMs: 4000, downAfter: 3, upAfter: 1 });
    expect(config.monitors[1]).toMatchObject({ intervalMs: 20_000, timeoutMs: 2000, downAfter: 5, upAfter: 4, severity: 'note' });
    const expected = [
      [200, 299],
      [301, 302],
    ];
    expect(config.monitors[1]?.probe).toMatchObject({ expect: { status: expected, withinMs: 800 } });
  });

  it.each(['all', 'majority', 'any', 2])('knows how many regions must fail: %s', (page) => {
    const [first, second] = configOf(
      textWith({ defaults: `{ page: ${page} }`, monitors: '{ a: { http: https://a.example.com/ }, b: { http: https://b.example.com/, page: 1 } }' }),
    ).monitors;
    expect([first?.regionsToPage, second?.regionsToPage]).toEqual([page, 1]);
  });

  it.each([
    ['60s', 10_000],
    ['20s', 10_000],
    ['10s', 5000],
    ['1s', 500],
  ])('gives up a probe every %s after half of the interval, or 10 s', (interval, timeoutMs) => {
    expect(configOf(textWithMonitor(`{ http: https://a.example.com/, interval: ${interval} }`)).monitors[0]?.timeoutMs).toBe(timeoutMs);
  });

  it('reads aliases, and numbers as names', () => {
    const config = configOf(textWith({ monitors: '{ a: { http: &target { url: https://a.example.com/ } }, 200: { http: *target } }' }));
    expect(config.monitors.map(({ id, target }) => [id, target])).toEqual([
      ['200', 'https://a.example.com/'],
      ['a', 'https://a.example.com/'],
    ]);
  });

  it('travels as a file beside the functions', () => {
    const config = configOf(textWith());
    expect(configFromJson(configToJson(config))).toEqual(config);
  });

  it.each(['{}', 'null', '{ "version": 1, "config": {} }', '{ "version": 2 }'])('is not read from what another version wrote: %s', (text) => {
    expect(() => configFromJson(text)).toThrow(/deploy again/);
  });

  it('is found in the example that users edit, without a warning', () => {
    const text = readFileSync('twinwatch.yaml', 'utf8');
    expect(mistakesOf(text)).toEqual([]);
    expect(warningsOf(text)).toEqual([]);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/twinwatch\.schema\.json\n/);
  });

  it('is read in seconds with 10,000 monitors', () => {
    const monitors = Array.from({ length: 10_000 }, (_, index) => `  m${index}: { http: { url: https://h${index}.example.com/ }, interval: 20s }\n`);
    expect(configOf(textWith({ monitors: `\n${monitors.join('')}` })).monitors).toHaveLength(10_000);
  });
});

describe('hashes', () => {
  const hashes = (text: string, environment = {}) => {
    const { hash, monitors } = configOf(text, environment);
    return { hash, monitor: monitors[0]?.hash };
  };
  const plain = hashes(textWithMonitor('{ http: https://a.example.com/, interval: 60s, timeout: 5s }'));

  it('do not depend on the order of keys, on how a duration is written, or on defaults being spelt out', () => {
    const text = textWithMonitor('{ timeout: 5000ms, severity: page, http: { expect: { status: [200-299] }, url: https://a.example.com/ } }');
    expect(hashes(text)).toEqual(plain);
  });

  it.each([
    '{ http: https://b.example.com/, timeout: 5s }',
    '{ http: https://a.example.com/, timeout: 6s }',
    '{ http: https://a.example.com/, timeout: 5s, upAfter: 3 }',
  ])('differ for another monitor: %s', (monitor) => {
    const other = hashes(textWithMonitor(monitor));
    expect(other.monitor).not.toBe(plain.monitor);
    expect(other.hash).not.toBe(plain.hash);
  });

  it('of a configuration differ with what is decided, those of its monitors do not', () => {
    const other = hashes(textWith({ watch: '{ tolerate: 30s }' }));
    expect(other.monitor).toBe(hashes(textWith()).monitor);
    expect(other.hash).not.toBe(hashes(textWith()).hash);
  });

  it('differ between monitors that only differ in their id', () => {
    const { monitors } = configOf(textWith({ monitors: '{ a: { http: https://a.example.com/ }, b: { http: https://a.example.com/ } }' }));
    expect(monitors[0]?.hash).not.toBe(monitors[1]?.hash);
  });

  it('know nothing of what references stand for', () => {
    const text = textWith({
      anchors: '["${env:ANCHOR}"]',
      channels: '{ hook: { webhook: "${env:HOOK}" } }',
      monitors: '{ shop: { http: "${env:SHOP}" } }',
    });
    const of = (name: string) =>
      hashes(text, { ANCHOR: `https://${name}.example.com`, HOOK: `https://${name}.example.com`, SHOP: `https://${name}.example.com` });
    expect(of('one')).toEqual(of('two'));
  });
});

describe('warnings', () => {
  it('are none where two regions, a witness, anchors and two channels are there', () => {
    expect(warningsOf(textWith())).toEqual([]);
  });

  it.each([
    ['no witness', { regions: '{ probers: [eu-west-1, us-east-2] }' }, /^regions: there is no witness/],
    ['one prober', { regions: '{ probers: [eu-west-1], witness: us-east-2 }' }, /^regions\.probers: one region probes alone/],
    ['no anchors', { anchors: undefined }, /^anchors: there are no anchors/],
    ['one channel', { channels: '{ mail: { email: a@example.com } }' }, /^channels: there is one channel.*two channels or more/],
    ['no channel', { channels: undefined }, /^channels: nobody is told.*two channels or more/],
    [
      'us-east-1 as a prober',
      { regions: '{ probers: [eu-west-1, us-east-1], witness: us-east-2 }' },
      /^regions\.probers\[1\]: us-east-1 holds the control planes/,
    ],
    ['us-east-1 as the witness', { regions: '{ probers: [eu-west-1, us-east-2], witness: us-east-1 }' }, /^regions\.witness: us-east-1 holds/],
  ])('tell of %s', (_, sections, said) => {
    expect(warningsOf(textWith(sections))).toEqual([expect.stringMatching(said)]);
    expect(parse(textWith(sections)).kind).toBe('valid');
  });
});
