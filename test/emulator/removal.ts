/** `cdk destroy`, and what it leaves: the table, which is kept on purpose, and once that is deleted by hand, nothing. */
import { DeleteTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { dashboardName } from '../../infra/deployed-names';
import { tableName } from '../../src/core/names';
import type { Removal } from './bridges';
import type { Place } from './bridges/bridge';
import type { Cdk } from './cdk';
import { everythingIn } from './leftovers';
import type { Steps } from './steps';
import { probers, regions } from './world';

export interface Removing {
  readonly place: Place;
  readonly steps: Steps;
  readonly removals: readonly Removal[];
  readonly cdk: Cdk;
}

export async function proveRemoval({ place, steps, removals, cdk }: Removing): Promise<void> {
  const [home] = probers;
  let destroyedAt = Number.POSITIVE_INFINITY;
  const listed = () => everythingIn(place, { regions, dashboard: dashboardName, destroyedAt });
  await steps.step('cdk destroy --all', async () => {
    const before = await listed();
    steps.fact('what is deployed can be listed', before.length > 40, `${before.length} things`);
    for (const remove of removals) await remove();
    destroyedAt = Date.now();
    await cdk.destroy();
    const left = await listed();
    steps.fact(
      'cdk destroy leaves the table, which is kept on purpose, and nothing else',
      left.join() === `${home} table ${tableName}`,
      left.join(', ') || 'nothing',
    );
  });
  await steps.step('the table, deleted by hand', async () => {
    const client = place.clients.table(home);
    await client.send(new UpdateTableCommand({ TableName: tableName, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName: tableName }));
    const left = await listed();
    steps.fact('nothing is left', left.length === 0, left.join(', ') || 'nothing');
  });
}
