import { instant } from '../../../src/core/basics/brand';
import { parseConfig } from '../../../src/core/config/parse-config';

const parse = (text: string) =>
  parseConfig({ text: `regions: { probers: [eu-west-1] }\n${text}`, file: 'twinwatch.yaml', environment: {}, madeAt: instant(0) });
const shop = (more: string) => `monitors: { shop: { http: "https://Shop.example.com:8443/health"${more} } }`;

function budgetIn(text: string) {
  const parsed = parse(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.mistakes));
  return { budget: parsed.config.monitors[0]!.budget, hash: parsed.config.hash, monitor: parsed.config.monitors[0]!.hash };
}

describe('the budget of a host', () => {
  it.each([
    ['nothing limits it', shop(''), undefined],
    ['the monitor says it', shop(', budget: { perHost: 2, perSecond: 5 }'), { atOnce: 2, perSecond: 5 }],
    ['the defaults say it', `defaults: { budget: { perHost: 3 } }\n${shop('')}`, { atOnce: 3 }],
    [
      'the monitor says more than the defaults',
      `defaults: { budget: { perHost: 3, perSecond: 9 } }\n${shop(', budget: { perHost: 4 }')}`,
      { atOnce: 4, perSecond: 9 },
    ],
    ['the file allows less than the monitor says', `budget: { perHost: 2 }\n${shop(', budget: { perHost: 4, perSecond: 1 }')}`, { atOnce: 2, perSecond: 1 }],
    ['the file allows more than the monitor says', `budget: { perHost: 8 }\n${shop(', budget: { perHost: 4 }')}`, { atOnce: 4 }],
  ])('is as it should be where %s', (_case, text, wanted) => {
    expect(budgetIn(text).budget).toEqual(wanted && { host: 'shop.example.com', ...wanted });
  });

  it('changes the configuration, and not what is known of the monitor', () => {
    const [without, with2, with3] = ['', ', budget: { perHost: 2 }', ', budget: { perHost: 3 }'].map((more) => budgetIn(shop(more)));
    expect(new Set([without!.hash, with2!.hash, with3!.hash]).size).toBe(3);
    expect(new Set([without!.monitor, with2!.monitor, with3!.monitor]).size).toBe(1);
  });

  it.each(['0', '1.5', '1001', 'two', '-1'])('is a mistake where it is no whole number from 1 to 1000: %s', (value) => {
    const parsed = parse(shop(`, budget: { perSecond: ${value} }`));
    expect(parsed.kind === 'invalid' && parsed.mistakes.map(({ problem, advice }) => `${problem}; ${advice}`)).toEqual([
      expect.stringMatching(/is no whole number from 1 to 1000; write one, such as 2$/),
    ]);
  });
});

describe('a budget that leaves no room for all monitors of a host', () => {
  const many = (count: number, more = ''): string =>
    Array.from({ length: count }, (_, index) => `m${index}: { http: https://shop.example.com/${index}${more} }`).join(', ');
  const warned = (text: string) =>
    parse(text)
      .warnings.filter(({ path }) => path.includes('budget'))
      .map(({ path, problem, advice }) => `${path}: ${problem}; ${advice}`);

  it.each<[string, string, readonly string[]]>([
    ['45 times in 45 s', `budget: { perSecond: 1 }\nmonitors: { ${many(45)} }`, []],
    [
      '46 times in 45 s',
      `budget: { perSecond: 1 }\nmonitors: { ${many(46)} }`,
      [
        'budget.perSecond: shop.example.com is to be asked 46 times, which takes 46 s at 1 a second, and a round has 45 s: the rest is not covered; write perSecond: 2 or more, or longer intervals',
      ],
    ],
    [
      'in short rounds',
      `defaults: { interval: 10s, timeout: 2s, budget: { perSecond: 2 } }\nmonitors: { ${many(20)} }`,
      [
        'defaults.budget.perSecond: shop.example.com is to be asked 20 times, which takes 10 s at 2 a second, and a round has 8 s: the rest is not covered; write perSecond: 3 or more, or longer intervals',
      ],
    ],
    [
      'by one monitor of many members',
      `monitors: { shop: { interval: 5s, members: { of: "https://shop.example.com/", at: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4] }, budget: { perSecond: 1 } } }`,
      [
        'monitors.shop.budget.perSecond: shop.example.com is to be asked 5 times, which takes 5 s at 1 a second, and a round has 4 s: the rest is not covered; write perSecond: 2 or more, or longer intervals',
      ],
    ],
    ['where nothing limits it', `monitors: { ${many(80)} }`, []],
    ['as many at once as a round has time for, if all hang', `budget: { perHost: 2 }\nmonitors: { ${many(9)} }`, []],
    [
      'too few at once for a host that hangs',
      `budget: { perHost: 2 }\nmonitors: { ${many(10)} }`,
      [
        'budget.perHost: when shop.example.com hangs, its 10 monitors wait 50 s for each other at 2 at once, and a round has 45 s: the rest is not covered then, and not told as down; write perHost: 3 or more, or shorter timeouts',
      ],
    ],
    [
      'too few at once by default',
      `defaults: { interval: 10s, timeout: 5s, budget: { perHost: 1 } }\nmonitors: { ${many(2)} }`,
      [
        'defaults.budget.perHost: when shop.example.com hangs, its 2 monitors wait 10 s for each other at 1 at once, and a round has 8 s: the rest is not covered then, and not told as down; write perHost: 2 or more, or shorter timeouts',
      ],
    ],
    ['one that waits for nobody', `monitors: { slow: { http: https://shop.example.com/slow, interval: 10s, timeout: 9s, budget: { perHost: 1 } } }`, []],
  ])('is warned of: %s', (_case, text, warnings) => {
    expect(warned(text)).toEqual(warnings);
  });
});
