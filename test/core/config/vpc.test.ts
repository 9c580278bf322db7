import { configOf, mistakesOf, textWith, warningsOf } from './config-text';

const vpc = (value: string): string => textWith({ network: `{ allowPrivate: true, vpc: ${value} }` });
const place = '{ subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210], securityGroups: [sg-0a1b2c3d] }';

describe('probers in private networks', () => {
  it('stand in the subnets of their region, sorted by region', () => {
    const { network } = configOf(vpc(`{ us-east-2: ${place}, eu-west-1: ${place} }`));
    expect(network.vpc?.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-2']);
    expect(network.vpc?.[0]).toMatchObject({ subnets: ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'], securityGroups: ['sg-0a1b2c3d'] });
  });

  it('are none where nothing is said, and then nothing of them is hashed', () => {
    expect(configOf(textWith()).network).toEqual({ allowPrivate: false });
    expect(configOf(vpc('{}')).hash).toBe(configOf(textWith({ network: '{ allowPrivate: true }' })).hash);
    expect(configOf(vpc(`{ eu-west-1: ${place} }`)).hash).not.toBe(configOf(vpc('{}')).hash);
  });

  const subnets = 'write a list of 1 to 16 such as [subnet-0123456789abcdef0]';
  const groups = 'write a list of 1 to 5 such as [sg-0123456789abcdef0]';
  it.each([
    ['vpc-0a1b2c3d', 'network.vpc: "vpc-0a1b2c3d" is no map; write `key: value` lines below it'],
    ['{ eu-west-1: { subnets: [subnet-0a1b2c3d] } }', `network.vpc.eu-west-1.securityGroups: \`securityGroups\` is missing; ${groups}`],
    ['{ eu-west-1: { subnets: subnet-0a1b2c3d, securityGroups: [sg-0a1b2c3d] } }', `network.vpc.eu-west-1.subnets: "subnet-0a1b2c3d" is no subnet; ${subnets}`],
    ['{ eu-west-1: { subnets: [], securityGroups: [sg-0a1b2c3d] } }', `network.vpc.eu-west-1.subnets: names none, or too many; ${subnets}`],
    ['{ eu-west-1: { subnets: [sg-0a1b2c3d], securityGroups: [sg-0a1b2c3d] } }', `network.vpc.eu-west-1.subnets[0]: "sg-0a1b2c3d" is no subnet; ${subnets}`],
    ['{ eu-west-1: { subnets: [subnet-0a1b2c3d], securityGroups: [all] } }', `network.vpc.eu-west-1.securityGroups[0]: "all" is no security group; ${groups}`],
    [`{ eu-west-2: ${place} }`, 'network.vpc.eu-west-2: no prober runs in this region; did you mean eu-west-1?'],
    [`{ eu-central-1: ${place} }`, 'network.vpc.eu-central-1: no prober runs in this region; write one of your probers: eu-west-1, us-east-2'],
    [`{ eu-west-1: { subnet: [subnet-0a1b2c3d] } }`, 'network.vpc.eu-west-1.subnet: unknown key `subnet`; did you mean `subnets`?'],
  ])('%s is a mistake', (value, said) => {
    expect(mistakesOf(vpc(value))).toContain(said);
  });

  it('that may not probe private addresses, or stand in one zone, are worth a warning', () => {
    expect(warningsOf(textWith({ network: `{ vpc: { eu-west-1: ${place} } }` }))).toContain(
      'network.vpc: probers stand in private networks, and private addresses are not probed; add `allowPrivate: true` beside it, or remove it',
    );
    expect(warningsOf(vpc('{ eu-west-1: { subnets: [subnet-0a1b2c3d], securityGroups: [sg-0a1b2c3d] } }'))).toContain(
      'network.vpc.eu-west-1.subnets: the prober stands in one subnet, and sees nothing when its zone fails; add a subnet of another zone',
    );
    expect(warningsOf(vpc(`{ eu-west-1: ${place} }`))).toEqual(warningsOf(textWith()));
  });
});
