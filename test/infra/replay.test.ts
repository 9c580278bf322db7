import { monitorId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Fault } from '../sim/faults';
import { deploymentOf, frankfurt, ireland, ohio } from './assembly';
import { allows, type RoleDeployed, rolesOf } from './policy';
import { callsOf, type MadeCall, replicaArn } from './recorded-calls';

const everywhere = [ireland, ohio, frankfurt];
const deployment = deploymentOf();
const roles = new Map(deployment.regions.flatMap((stack) => rolesOf(stack).map((role) => [role.RoleName, role] as const)));
const roleOf = ({ role, region }: Pick<MadeCall, 'role' | 'region'>): RoleDeployed => roles.get(`twinwatch-${role}-${region}`)!;
const saying = ({ role, region, action, resource, keys }: MadeCall) => `${role} of ${region}: ${action} ${resource} ${JSON.stringify(keys)}`;
const isPut = ({ action }: MadeCall) => action === 'dynamodb:PutItem';
const partitionOf = ({ keys }: MadeCall): string => keys!['dynamodb:LeadingKeys']![0]!;

const during = (from: number, to: number) => ({ begins: from * minute, ends: to * minute });

/** One after the other, what drives every function to all that it can do. */
const faults: readonly Fault[] = [
  ...everywhere.map((region, index) => ({
    kind: 'table-failing' as const,
    region,
    trouble: { calls: 'writes' as const, how: 'broken' as const, probability: 1 },
    ...during(5 + 6 * index, 9 + 6 * index),
  })),
  { kind: 'table-failing', region: ohio, trouble: { calls: 'all', how: 'throttled', probability: 1 }, ...during(24, 28) },
  { kind: 'prober-hung', region: ireland, isDeaf: false, ...during(30, 38) },
  { kind: 'prober-hung', region: ohio, isDeaf: true, ...during(40, 48) },
  { kind: 'target-down', monitor: monitorId('service-001'), from: [ireland, ohio], symptom: 'refuses', ...during(50, 56) },
  ...everywhere.map((region) => ({ kind: 'topic-failing' as const, region, ...during(48, 53) })),
  { kind: 'region-dark', region: frankfurt, darkness: 'refuses', ...during(58, 63) },
];

let calls: readonly MadeCall[];
beforeAll(async () => {
  const storms = [1, 2, 3].map((seed) => ({ seed, beatMs: minute, hours: 0.4 }));
  calls = await callsOf([{ seed: 1, monitors: 2, beatMs: minute, hours: 1.3, faults }, ...storms, { seed: 2, beatMs: minute / 6, hours: 0.2 }]);
});

describe('what the functions did under simulated faults, held against the roles that are deployed', () => {
  test('is all allowed', () => {
    expect(calls.length).toBeGreaterThan(500);
    expect(calls.filter((call) => !allows(roleOf(call).statements, call)).map(saying)).toEqual([]);
  });

  test('would all be denied to the functions of another region, as far as it is written', () => {
    for (const call of calls.filter(isPut)) {
      for (const other of everywhere.filter((region) => region !== call.region)) {
        for (const role of ['prober', 'watchdog'] as const) {
          const foreign = roles.get(`twinwatch-${role}-${other}`);
          if (foreign !== undefined)
            expect([saying(call), foreign.RoleName, allows(foreign.statements, call)]).toEqual([saying(call), foreign.RoleName, false]);
        }
      }
    }
  });

  test('would be denied in another replica than the one that its key names', () => {
    for (const call of calls.filter(isPut)) {
      for (const replica of everywhere.map(replicaArn).filter((arn) => arn !== call.resource)) {
        expect([saying(call), replica, allows(roleOf(call).statements, { ...call, resource: replica })]).toEqual([saying(call), replica, false]);
      }
    }
  });
});

describe('no right is there that no function uses', () => {
  /** Lambda uses these in the name of a function. */
  const ofLambda = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const functionRoles = [...roles.values()].filter(({ RoleName }) => /-(prober|watchdog)-(?!schedule)/.test(RoleName));

  test.each(functionRoles.map((role) => [role.RoleName, role] as const))('%s', (name, role) => {
    const made = calls.filter((call) => `twinwatch-${call.role}-${call.region}` === name);
    const granted = role.statements.flatMap(({ Action }) => Action).filter((action) => !ofLambda.includes(action));
    for (const action of granted) expect([action, made.some((call) => call.action === action)]).toEqual([action, true]);
  });

  test.each(functionRoles.map((role) => [role.RoleName, role] as const))(
    '%s writes every kind of item that it may write at home, and some in other replicas',
    (name, role) => {
      const made = calls.filter((call) => `twinwatch-${call.role}-${call.region}` === name && isPut(call));
      const writable = ['CLAIM', 'HEAD', 'BEAT', 'ROSTER', 'WATCH', 'LOG', 'HOUR'].filter((kind) =>
        everywhere.some((region) =>
          allows(role.statements, {
            action: 'dynamodb:PutItem',
            resource: replicaArn(region),
            keys: { 'dynamodb:LeadingKeys': [`${kind}#${made[0]!.region}`] },
          }),
        ),
      );
      expect([...new Set(made.map((call) => partitionOf(call).split('#')[0]))].sort()).toEqual(writable.sort());
      expect(made.some((call) => partitionOf(call).includes('@'))).toBe(true);
    },
  );
});
