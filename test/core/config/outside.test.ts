import { mistakesOf, parse, textWith } from './config-text';

const outside = (value: string): string => textWith({ outside: value });
const configOf = (text: string, environment = {}) => {
  const parsed = parse(text, environment);
  if (parsed.kind !== 'valid') throw new Error('it has mistakes');
  return parsed;
};
const all =
  '{ us-east-2: { ping: https://switch.example/b }, eu-west-1: { ping: https://switch.example/a }, eu-central-1: { ping: https://switch.example/c } }';

describe('switches outside', () => {
  it('are one URL for each region, sorted by region, and none where nothing is said', () => {
    expect(configOf(outside(all)).config.outside).toEqual([
      { region: 'eu-central-1', pingUrl: 'https://switch.example/c' },
      { region: 'eu-west-1', pingUrl: 'https://switch.example/a' },
      { region: 'us-east-2', pingUrl: 'https://switch.example/b' },
    ]);
    expect(configOf(textWith()).config.outside).toEqual([]);
  });

  it('change the hash, which holds a reference as it is written', () => {
    const hashOf = (token: string): string =>
      configOf(outside(`{ eu-west-1: { ping: "https://switch.example/\${env:TOKEN}" } }`), { TOKEN: token }).config.hash;
    expect(hashOf('one')).toBe(hashOf('two'));
    expect(configOf(outside(all)).config.hash).not.toBe(configOf(textWith()).config.hash);
  });

  it.each([
    ['https://switch.example/a', 'outside: "https://switch.example/a" is no map; write `key: value` lines below it'],
    ['{ eu-west-1: https://switch.example/a }', 'outside.eu-west-1: "https://switch.example/a" is no map; write `key: value` lines below it'],
    ['{ eu-west-1: {} }', 'outside.eu-west-1.ping: `ping` is missing; write an address such as https://shop.example.com/health'],
    ['{ eu-west-1: { ping: switch.example } }', 'outside.eu-west-1.ping: "switch.example" is no address; write https://switch.example'],
    ['{ eu-west-1: { url: https://switch.example/a } }', 'outside.eu-west-1.url: unknown key `url`; known here: `ping`'],
    ['{ eu-west-2: { ping: https://switch.example/a } }', 'outside.eu-west-2: twinwatch does not run in this region; did you mean eu-west-1?'],
    [
      '{ ap-south-1: { ping: https://switch.example/a } }',
      'outside.ap-south-1: twinwatch does not run in this region; write one of your regions: eu-west-1, us-east-2, eu-central-1',
    ],
    [
      '{ eu-west-1: { ping: https://switch.example/a }, us-east-2: { ping: https://switch.example/a } }',
      'outside.us-east-2.ping: eu-west-1 tells the same switch; give each region a switch with a URL of its own',
    ],
  ])('%s is a mistake', (value, said) => {
    expect(mistakesOf(outside(value))).toContain(said);
  });

  it('of some regions only are worth a warning', () => {
    const warnings = configOf(outside('{ eu-west-1: { ping: https://switch.example/a } }')).warnings.map(({ problem }) => problem);
    expect(warnings).toEqual(['nothing outside waits for us-east-2 and eu-central-1']);
    expect(configOf(outside(all)).warnings).toEqual([]);
  });
});
