// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, parse, textWith, textWithMonitor } from './config-text';

describe('${env:NAME}', () => {
  it('is resolved in the value and stays a reference where it may be shown', () => {
    const [monitor] = configOf(textWithMonitor('{ http: "https://${env:HOST}/${env:PATH_1}" }'), { HOST: 'shop.example.com', PATH_1: 'health' }).monitors;
    expect(monitor?.probe).toMatchObject({ url: 'https://shop.example.com/health' });
    expect(monitor?.target).toBe('https://${env:HOST}/${env:PATH_1}');
  });

  it('may stand for an address, a duration, a region or an anchor', () => {
    const text = textWith({
      regions: '{ probers: [eu-west-1, "${env:REGION}"] }',
      anchors: '["${env:ANCHOR}"]',
      channels: '{ mail: { email: "${env:MAIL}" } }',
      defaults: '{ interval: "${env:INTERVAL}" }',
    });
    const config = configOf(text, { REGION: 'us-east-2', ANCHOR: 'https://a.example.com/', MAIL: 'a@example.com', INTERVAL: '30s' });
    expect(config).toMatchObject({ regions: { probers: ['eu-west-1', 'us-east-2'] }, anchors: ['https://a.example.com/'], beatIntervalMs: 30_000 });
    expect(config.channels).toEqual([{ kind: 'email', name: 'mail', address: 'a@example.com' }]);
  });

  it('that is not set names the variable and how to set it, and nothing else is said of the value', () => {
    expect(mistakesOf(textWithMonitor('{ http: "${env:SHOP_URL}", interval: "${env:EVERY}" }'), { EVERY: '' })).toEqual([
      'monitors.shop.http: the environment variable SHOP_URL is not set; set it where you start twinwatch, such as `export SHOP_URL=…`',
      'monitors.shop.interval: the environment variable EVERY is empty; set it where you start twinwatch, such as `export EVERY=…`',
    ]);
  });

  it('is never looked up beyond the environment itself', () => {
    expect(mistakesOf(textWithMonitor('{ http: "${env:constructor}" }'))).toEqual([expect.stringContaining('variable constructor is not set')]);
  });

  const secret = 'hush-hush';
  it.each([
    [textWithMonitor('{ http: "${env:X}" }'), secret],
    [textWithMonitor('{ http: "${env:X}" }'), `ftp://${secret}`],
    [textWithMonitor('{ http: "${env:X}" }'), `https://user:${secret}@a.example.com/`],
    [textWithMonitor('{ http: "${env:X}" }'), `http://127.0.0.1/${secret}`],
    [textWithMonitor('{ http: { url: "${env:X}" } }'), `http://a.example.com:99999/${secret}`],
    [textWithMonitor('{ http: { url: "https://a.example.com", expect: { status: [2xx, "${env:X}"] } } }'), secret],
    [textWithMonitor('{ http: https://a.example.com, severity: "${env:X}" }'), secret],
    [textWithMonitor('{ http: https://a.example.com, interval: "${env:X}" }'), secret],
    [textWithMonitor('{ http: https://a.example.com, interval: "${env:X}" }'), '7s'],
    [textWithMonitor('{ http: https://a.example.com, downAfter: "${env:X}" }'), secret],
    [textWith({ regions: '{ probers: ["${env:X}"] }' }), secret],
    [textWith({ regions: '{ probers: "${env:X}" }' }), secret],
    [textWith({ channels: '{ mail: { email: "${env:X}" } }' }), secret],
    [textWith({ channels: '{ mail: "${env:X}" }' }), secret],
    [textWith({ anchors: '"${env:X}"' }), secret],
    [textWith({ network: '{ allowPrivate: "${env:X}" }' }), secret],
    [textWith({ monitors: '"${env:X}"' }), secret],
  ])('is not said in a mistake (%#)', (text, value) => {
    const parsed = parse(text, { X: value });
    expect(parsed.kind).toBe('invalid');
    expect(JSON.stringify(parsed)).not.toContain(value);
    expect(JSON.stringify(parsed)).not.toContain(secret);
  });
});

describe('${secret:name}', () => {
  it.each(['email', 'webhook', 'sms', 'sqs'])('is refused in a subscription: %s', (kind) => {
    expect(mistakesOf(textWith({ channels: `{ hook: { ${kind}: "https://a.example.com/\${secret:x}" } }` }))).toContain(
      `channels.hook.${kind}: a secret may not stand here: anyone who may list the subscriptions of the topic would read it; write the address itself, or \${env:NAME} for a value that is not secret, or use the channel \`post\`, which may hold secrets`,
    );
  });

  it.each([
    'headers: { x-key: "${secret:shop/key}", accept-language: de }',
    'bearer: "${secret:shop/key}"',
    'oauth2: { url: https://login.example.com/, id: a, secret: "${secret:shop/key}" }',
    'basic: { user: me, password: "${secret:shop/key}" }',
    'basic: { user: "${secret:shop/key}", password: "${secret:shop/key}" }',
    'proxy: { url: http://proxy.example.com:3128, basic: { user: me, password: "${secret:shop/key}" } }',
    'headers: { authorization: "Token ${secret:shop/key}" }',
  ])('stays a reference that the prober reads: %s', (what) => {
    const [monitor] = configOf(textWithMonitor(`{ http: { url: https://a.example.com/, ${what} } }`)).monitors;
    expect(monitor).toMatchObject({ secrets: ['shop/key'] });
    expect(JSON.stringify(monitor!.probe)).toContain('${secret:shop/key}');
    expect(monitor!.hidden).toBeUndefined();
  });

  it.each(['http: "https://a.example.com/${secret:x}"', 'http: https://a.example.com/, interval: "${secret:x}"', 'tcp: "${secret:x}:443"'])(
    'is refused where nothing reads it: %s',
    (monitor) => {
      expect(mistakesOf(textWithMonitor(`{ ${monitor} }`))).toEqual([
        expect.stringContaining(
          'a secret may not stand here: nothing reads it when it is used; secrets may stand in headers, `basic` and `bearer` of http monitors and in channels',
        ),
      ]);
    },
  );

  it.each(['', 'a b', 'ssm:', 'ssm://x', 'x#', 'x#a#b'])('must name a secret: "%s"', (name) => {
    expect(mistakesOf(textWithMonitor(`{ http: { url: https://a.example.com/, bearer: "\${secret:${name}}" } }`))).toEqual([
      expect.stringContaining(`\`\${secret:${name}}\` names no secret; write \${secret:twinwatch/pager} for Secrets Manager`),
    ]);
  });

  it('is hashed as it is written, so what it stands for can change without a trace', () => {
    const hash = (name: string) => configOf(textWithMonitor(`{ http: { url: https://a.example.com/, bearer: "\${secret:${name}}" } }`)).hash;
    expect(hash('x')).toBe(hash('x'));
    expect(hash('x')).not.toBe(hash('y'));
  });
});

describe('a reference of no known kind', () => {
  it.each([
    ['${SHOP}', '`${SHOP}` is no reference; write ${env:SHOP} for an environment variable'],
    ['${}', '`${}` is no reference; write ${env:NAME} for an environment variable'],
    ['${evn:SHOP}', '`${evn:SHOP}` is no reference; did you mean ${env:SHOP}?'],
    ['${vault:shop}', '`${vault:shop}` is no reference; only ${env:NAME} and ${secret:NAME} are known'],
    ['${env:a b}', '`${env:a b}` names no environment variable; use letters, digits and _, such as ${env:SHOP_URL}'],
    ['${env:SHOP', 'a reference is not closed; end it with a brace, such as "${env:NAME}"'],
  ])('%s', (reference, said) => {
    expect(mistakesOf(textWithMonitor(`{ http: "${reference}" }`))).toEqual([`monitors.shop.http: ${said}`]);
  });
});
