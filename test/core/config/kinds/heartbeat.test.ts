// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { hour, minute } from '../../../../src/core/basics/time';
import { configOf, mistakesOf, parse, textWith, textWithMonitor } from '../config-text';

const token = 'f00dfeed-1234-abcd-9876';
const environment = { TOKEN: token };
const heartbeatWith = (inner: string): string => textWithMonitor(`{ heartbeat: { ${inner} } }`);
const said = (inner: string, variables: Readonly<Record<string, string>> = environment) => mistakesOf(heartbeatWith(inner), variables);

describe('a heartbeat monitor', () => {
  it.each([
    ['every: 1h, token: "${env:TOKEN}"', { times: { kind: 'every', everyMs: hour }, graceMs: 5 * minute }, 'pings us every 1h'],
    ['every: 24h, grace: 30m, token: "${env:TOKEN}"', { times: { kind: 'every', everyMs: 24 * hour }, graceMs: 30 * minute }, 'pings us every 24h'],
    [
      'cron: "0 3 * * *", timezone: Europe/Lisbon, grace: 10m, token: "${env:TOKEN}"',
      { times: { kind: 'cron', cron: '0 3 * * *', timezone: 'Europe/Lisbon' }, graceMs: 10 * minute },
      'pings us by 0 3 * * * Europe/Lisbon',
    ],
    ['cron: "*/5 * * * *", token: "${env:TOKEN}"', { times: { kind: 'cron', cron: '*/5 * * * *', timezone: 'UTC' } }, 'pings us by */5 * * * * UTC'],
  ])('is due as it says: %s', (inner, probe, target) => {
    const [monitor] = configOf(heartbeatWith(inner), environment).monitors;
    expect(monitor).toMatchObject({ probe: { kind: 'heartbeat', token, ...probe }, target });
  });

  it('is believed at once, unless it says otherwise itself', () => {
    const monitors = `{ a: { heartbeat: { every: 1h, token: "\${env:TOKEN}" } }, b: { heartbeat: { every: 1h, token: "\${env:OTHER}" }, downAfter: 3 } }`;
    const text = textWith({ defaults: '{ downAfter: 4, upAfter: 4 }', monitors });
    expect(configOf(text, { ...environment, OTHER: `${token}-other` }).monitors).toMatchObject([
      { downAfter: 1, upAfter: 1 },
      { downAfter: 3, upAfter: 1 },
    ]);
  });

  it.each([
    ['every: 60, token: "${env:TOKEN}"', 'every: 60 has no unit; write 60s'],
    ['every: 1 day, token: "${env:TOKEN}"', 'every: "1 day" is no duration; write a duration such as 1h'],
    ['every: 10ms, token: "${env:TOKEN}"', 'every: "10ms" is not between 1s and 8784h; write a duration such as 1h'],
    ['every: 1h, grace: 9000h, token: "${env:TOKEN}"', 'grace: "9000h" is not between 1s and 8784h; write a duration such as 5m'],
    [
      'every: 1h, grace: "${env:TOKEN}", token: "${env:TOKEN}"',
      'grace: what "${env:TOKEN}" stands for does not fit; write a duration such as 5m into the variable',
    ],
    [
      'cron: "0 25 * * *", token: "${env:TOKEN}"',
      expect.stringMatching(
        /^cron: "0 25 \* \* \*" is no calendar that can be read \(.+\); write minute, hour, day, month and weekday, such as "0 3 \* \* \*"$/,
      ),
    ],
    ['cron: "${env:TOKEN}", token: "${env:TOKEN}"', expect.stringContaining('cron: "${env:TOKEN}" is no calendar that can be read; write')],
    [
      'cron: "0 3 * * *", timezone: Europe/Lisboa, token: "${env:TOKEN}"',
      'timezone: "Europe/Lisboa" is no time zone; write a name such as Europe/Lisbon or UTC',
    ],
    ['every: 1h, timezone: UTC, token: "${env:TOKEN}"', 'timezone: a ping that is due by `every` knows no time zone; remove it, or write `cron`'],
    ['every: 1h', expect.stringMatching(/^token: `token` is missing; write \$\{env:NAME\}, and give its variable 20 to 100 letters/)],
    [
      'every: 1h, token: f00dfeed-1234-abcd-9876',
      expect.stringMatching(/^token: a token that stands in this file is known to everybody who may read it; write \$\{env:NAME\}/),
    ],
    ['every: 1h, tokn: "${env:TOKEN}", token: "${env:TOKEN}"', 'tokn: unknown key `tokn`; did you mean `token`?'],
  ])('%s', (inner, words) => {
    const found = said(inner).map((mistake) => mistake.replace('monitors.shop.heartbeat.', ''));
    expect(found).toEqual([words]);
  });

  it.each([
    ['token: "${env:TOKEN}"', 'does not say when a ping is due; write either `every: 1h` or `cron: "0 3 * * *"`'],
    [
      'every: 1h, cron: "0 3 * * *", token: "${env:TOKEN}"',
      'a ping cannot be due both by `every` and by `cron`; write either `every: 1h` or `cron: "0 3 * * *"`',
    ],
  ])('%s', (inner, words) => {
    expect(said(inner)).toEqual([`monitors.shop.heartbeat: ${words}`]);
  });

  it('is no single word', () => {
    expect(mistakesOf(textWithMonitor('{ heartbeat: 1h }'))).toEqual([
      'monitors.shop.heartbeat: "1h" does not say when a ping is due; write a map such as { every: 1h, grace: 5m, token: "${env:BACKUP_TOKEN}" }',
    ]);
  });

  it.each(['hush', 'a'.repeat(40), 'abababababababababababab', `${token}/start`, 'x y z 1234567890 abcdefgh', 'q'.repeat(101)])(
    'refuses a token that is easy to guess or does not fit into a URL, and says nothing of it: %s',
    (bad) => {
      const [mistake] = said('every: 1h, token: "${env:TOKEN}"', { TOKEN: bad });
      expect(mistake).toMatch(/^monitors\.shop\.heartbeat\.token: what stands for the token is too short, too long, or easy to guess; give its variable/);
      expect(mistake).not.toContain(bad);
    },
  );

  it('cannot share its token', () => {
    const monitors = `{ a: { heartbeat: { every: 1h, token: "\${env:TOKEN}" } }, b: { heartbeat: { every: 1h, token: "\${env:TOKEN}" } } }`;
    expect(mistakesOf(textWith({ monitors }), environment)).toEqual([
      'monitors.b.heartbeat.token: the monitor "a" has the same token; give each monitor a token of its own',
    ]);
  });

  it('shows its token neither in its hash nor in its target', () => {
    const text = heartbeatWith('every: 1h, token: "${env:TOKEN}"');
    const [one, other] = [configOf(text, environment), configOf(text, { TOKEN: 'another-token-of-20-letters' })];
    expect(one.monitors[0]?.hash).toBe(other.monitors[0]?.hash);
    expect(one.hash).toBe(other.hash);
    expect(one.monitors[0]?.target).not.toContain(token);
    expect(JSON.stringify(parse(text, environment).warnings)).not.toContain(token);
  });
});
