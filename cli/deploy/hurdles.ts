/** What would stop a deployment, found before anything is touched: each a sentence that says what to do. */
import type { Account, FoundTable } from '../../src/adapters/aws/account';
import type { RegionId } from '../../src/core/basics/brand';
import { allRegions, type Config } from '../../src/core/config/config';
import { functionName, homeStackName, regionStackName, tableName } from '../../src/core/names';
import { rolesIn } from '../../src/core/region-functions';
import { partitionKey, sortKey } from '../../src/core/table';
import { causeOf } from '../deployed/cause';

export interface Checked {
  /** Empty where nobody could say whose credentials these are. */
  readonly account: string;
  readonly hurdles: readonly string[];
}

interface Place {
  readonly account: Account;
  readonly id: string;
  readonly config: Config;
  readonly home: RegionId;
  /** The table of the home region, and whether a stack of ours has it. */
  readonly table: FoundTable | undefined;
  readonly hasHomeStack: boolean;
}

/** @param wanted the account that the user means; any where it is undefined */
export async function findHurdles(account: Account, config: Config, wanted: string | undefined): Promise<Checked> {
  const regions = allRegions(config.regions);
  const [home] = regions;
  if (home === undefined) return { account: '', hurdles: ['the configuration names no region'] };
  try {
    const id = await account.id(home);
    if (wanted !== undefined && wanted !== id) {
      return { account: id, hurdles: [`these credentials are of account ${id}, and you asked for ${wanted}: set AWS_PROFILE to one of ${wanted}`] };
    }
    const [table, homeStack] = await Promise.all([account.table(home), account.stackStatus(home, homeStackName)]);
    const place: Place = { account, id, config, home, table, hasHomeStack: homeStack !== undefined };
    const found = await Promise.all([homeHurdles(place, homeStack), ...regions.map((region) => hurdlesIn(place, region))]);
    return { account: id, hurdles: found.flat() };
  } catch (error) {
    return { account: '', hurdles: [causeOf(error, `AWS in ${home}`, home)] };
  }
}

const ourKeys = `${partitionKey} HASH S, ${sortKey} RANGE S`;

async function homeHurdles({ table, home, hasHomeStack }: Place, status: string | undefined): Promise<readonly string[]> {
  if (table === undefined) return busy(homeStackName, home, status);
  if (table.keys !== ourKeys) {
    return [
      `a table "${tableName}" exists in ${home} with the keys ${table.keys}, and twinwatch needs ${ourKeys}: it is somebody else's; rename or delete that table, or use another account`,
    ];
  }
  if (hasHomeStack) return busy(homeStackName, home, status);
  return [
    `the table "${tableName}" exists in ${home}, and the stack ${homeStackName} does not: an earlier \`cdk destroy\` has kept it. Take it over with \`npx cdk import ${homeStackName}\`, or delete it with all its history`,
  ];
}

async function hurdlesIn(place: Place, region: RegionId): Promise<readonly string[]> {
  const { account } = place;
  try {
    const [version, status] = await Promise.all([account.bootstrapVersion(region), account.stackStatus(region, regionStackName(region))]);
    return [...bootstrapHurdles(place, region, version), ...busy(regionStackName(region), region, status), ...(await namesTaken(place, region, status))];
  } catch (error) {
    return [causeOf(error, `AWS in ${region}`, region)];
  }
}

/** What CDK writes today needs this one. */
const bootstrapNeeded = 6;

function bootstrapHurdles({ id }: Place, region: RegionId, version: number | undefined): readonly string[] {
  const order = `run \`npx cdk bootstrap aws://${id}/${region}\` once`;
  if (version === undefined) return [`${region} is not bootstrapped for CDK: ${order}`];
  return version < bootstrapNeeded ? [`${region} was bootstrapped by an old CDK (version ${version}, needed ${bootstrapNeeded}): ${order} again`] : [];
}

function busy(stack: string, region: RegionId, status: string | undefined): readonly string[] {
  if (status?.endsWith('_IN_PROGRESS') === true)
    return [`the stack ${stack} in ${region} is being changed by somebody else (${status}): wait until it is done`];
  if (status?.endsWith('_FAILED') === true) return [`the stack ${stack} in ${region} is stuck (${status}): \`npx cdk rollback ${stack}\`, then deploy again`];
  return [];
}

/** What has our names and is not in a stack of ours would be refused half-way. */
async function namesTaken({ account, config, home, table, hasHomeStack }: Place, region: RegionId, status: string | undefined): Promise<readonly string[]> {
  const taken: string[] = [];
  if (region !== home && !(hasHomeStack && table?.replicas.includes(region) === true) && (await account.table(region)) !== undefined) {
    taken.push(`a table "${tableName}" exists in ${region} and is no replica of ours: delete it, so that the replica can be made`);
  }
  if (status !== undefined) return taken;
  for (const role of rolesIn(config.regions, region)) {
    if (!(await account.hasFunction(region, role))) continue;
    taken.push(
      `a function "${functionName(role)}" exists in ${region}, and the stack ${regionStackName(region)} does not: the name is taken; delete that function first`,
    );
  }
  return taken;
}
