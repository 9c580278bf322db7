import { kindKeys } from '../../../src/core/config/kinds/kinds';
import { mistakesOf, textWith, textWithMonitor } from './config-text';

const knownOfMonitor = [
  ...kindKeys,
  'identity',
  'family',
  'interval',
  'timeout',
  'downAfter',
  'upAfter',
  'page',
  'severity',
  'budget',
  'group',
  'labels',
  'dependsOn',
]
  .map((key) => `\`${key}\``)
  .join(', ');

describe('an unknown key', () => {
  it.each([
    ['{ http: https://a.example.com, intervall: 60s }', 'monitors.shop.intervall: unknown key `intervall`; did you mean `interval`?'],
    ['{ http: https://a.example.com, down_after: 2 }', 'monitors.shop.down_after: unknown key `down_after`; did you mean `downAfter`?'],
    ['{ http: https://a.example.com, tiemout: 2s }', 'monitors.shop.tiemout: unknown key `tiemout`; did you mean `timeout`?'],
    ['{ htpp: https://a.example.com }', 'monitors.shop.htpp: unknown key `htpp`; did you mean `http`?'],
    ['{ http: https://a.example.com, dependOn: [x] }', 'monitors.shop.dependOn: unknown key `dependOn`; did you mean `dependsOn`?'],
    ['{ http: { url: https://a.example.com, expct: {} } }', 'monitors.shop.http.expct: unknown key `expct`; did you mean `expect`?'],
    ['{ http: { url: https://a.example.com, expect: { stats: 2xx } } }', 'monitors.shop.http.expect.stats: unknown key `stats`; did you mean `status`?'],
    ['{ http: https://a.example.com, url: x }', `monitors.shop.url: unknown key \`url\`; known here: ${knownOfMonitor}`],
    ['{ http: https://a.example.com, <<: {} }', 'monitors.shop["<<"]: unknown key `<<`; write what repeats under `defaults`'],
    ['{ http: https://a.example.com, __proto__: {} }', `monitors.shop.__proto__: unknown key \`__proto__\`; known here: ${knownOfMonitor}`],
  ])('names the nearest known one: %s', (monitor, said) => {
    expect(mistakesOf(textWithMonitor(monitor))).toEqual([said]);
  });

  it.each([
    ['monitor', '{}', 'monitor: unknown key `monitor`; did you mean `monitors`?'],
    ['regions', '{ probers: [eu-west-1], wittness: eu-west-2 }', 'regions.wittness: unknown key `wittness`; did you mean `witness`?'],
    ['network', '{ private: true }', 'network.private: unknown key `private`; known here: `allowPrivate`, `vpc`'],
    ['watch', '{ tolerance: 60s }', 'watch.tolerance: unknown key `tolerance`; did you mean `tolerate`?'],
    ['channels', '{ hook: { web-hook: https://a.example.com } }', 'channels.hook.web-hook: unknown key `web-hook`; did you mean `webhook`?'],
    [
      'channels',
      '{ hook: { fax: 1 } }',
      'channels.hook.fax: unknown key `fax`; known here: `email`, `webhook`, `sms`, `sqs`, `slack`, `teams`, `discord`, `pagerduty`, `opsgenie`, `ntfy`, `telegram`, `amazonq`, `post`',
    ],
    [
      'defaults',
      '{ severity: page }',
      'defaults.severity: unknown key `severity`; known here: `interval`, `timeout`, `downAfter`, `upAfter`, `page`, `budget`, `labels`',
    ],
  ])('of %s names the nearest known one: %s', (section, value, said) => {
    expect(mistakesOf(textWith({ [section]: value }))).toEqual([said]);
  });

  it('does not hide that the right one is wrong as well', () => {
    expect(mistakesOf(textWithMonitor('{ http: https://a.example.com, interval: 60, intervall: 60s }'))).toHaveLength(2);
  });
});

describe('a key of a later version', () => {
  it.each(['maintenance'])('of a monitor says so: %s', (key) => {
    expect(mistakesOf(textWithMonitor(`{ http: https://a.example.com, ${key}: x }`))).toEqual([
      `monitors.shop.${key}: \`${key}\` is not yet in this version; remove it`,
    ]);
  });
});
