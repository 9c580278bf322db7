/** Which table a command means: that of a region in AWS, or that of a region of the local system. */
import { openWholeTable, type TableToOpen, type WholeTable } from '../../src/adapters/dynamodb/whole-table';
import { regionId } from '../../src/core/basics/brand';
import { allRegions } from '../../src/core/config/config';
import { tableName } from '../../src/core/names';
import { causeOf } from '../deployed/cause';
import { readConfig, regionsNamed } from '../deployed/config-of';
import { CannotAsk, getJson, readPort } from '../local-http';

export interface TableOptions {
  readonly config: string;
  readonly region?: string | undefined;
  readonly table?: string | undefined;
  readonly local?: boolean | undefined;
  readonly port: string;
}

/** What stands in for AWS, and for the time, in tests. */
export interface Around {
  readonly open?: ((table: TableToOpen) => WholeTable) | undefined;
  readonly now?: () => number;
}

/** Throws CannotAsk. */
export async function tableMeant(options: TableOptions, open: Around['open'] = openWholeTable): Promise<WholeTable> {
  const name = options.table ?? tableName;
  if (options.local === true) return open({ name, ...(await hereIn(options)) });
  const config = await readConfig(options.config);
  const [region, ...others] = regionsNamed(options.region, allRegions(config.regions).slice(0, options.region === undefined ? 1 : undefined));
  if (region === undefined || others.length > 0) throw new CannotAsk('name one region: a table is the same in all of them');
  return open({ region, name });
}

/** A sentence without a full stop. */
export function causeOfTable(error: unknown, table: WholeTable | undefined): string {
  if (error instanceof CannotAsk) return error.message;
  if (table === undefined) return causeOf(error, 'the table', regionId('that region'));
  return causeOf(error, `the table in ${table.region}`, table.region);
}

interface LocalView {
  readonly regions: readonly { readonly name: string; readonly state: string; readonly port: number }[];
}

async function hereIn({ region, port }: TableOptions): Promise<Pick<TableToOpen, 'region' | 'endpoint'>> {
  const { regions } = await getJson<LocalView>(readPort(port), '/api/local');
  const found = regions.find(({ name }) => name === (region ?? regions[0]?.name));
  if (found === undefined) throw new CannotAsk(`"${region}" is none of the regions of this system: ${regions.map(({ name }) => name).join(', ')}`);
  if (found.state !== 'running') throw new CannotAsk(`${found.name} is dark: bring it back, or name another region with --region`);
  return { region: found.name as TableToOpen['region'], endpoint: `http://127.0.0.1:${found.port}` };
}
