/** What the deployed system has left behind in the emulator's services: beats as metrics, alarms that reach the receiver, no refused call. */
import { ListMetricsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { logGroupName } from '../../infra/deployed-names';
import { regionId } from '../../src/core/basics/brand';
import type { Regions } from '../../src/core/config/config';
import { beatMetricDimensions, beatMetricName, metricNamespace, silenceAlarmName } from '../../src/core/names';
import { everyFunction } from '../../src/core/region-functions';
import type { Place } from './bridges/bridge';
import { targetCall } from './signed-call';
import { type Steps, until } from './steps';
import { probers, regions, type World, witness } from './world';

const deployed: Regions = { probers: probers.map(regionId), witness: regionId(witness) };

/** The emulator evaluates no silence: its alarms are set off by hand, and what follows from there is theirs. */
export async function proveAlarms({ clients }: Place, world: World, steps: Steps): Promise<void> {
  const name = silenceAlarmName('prober', regionId(probers[0]));
  for (const region of regions) {
    for (const state of ['OK', 'ALARM'] as const) {
      await clients.metrics(region).send(new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: 'set off by the proof' }));
    }
    const isTold = () => world.told.some((told) => told.region === region && told.message.AlarmName === name && told.message.NewStateValue === 'ALARM');
    await until(`the alarm of ${region} at the receiver`, 20, () => isTold() || undefined);
  }
  steps.fact('an alarm that is set off reaches the receiver, by the topic of its own region', true, `${regions.length} regions`);
}

export async function proveBeats({ clients }: Place, steps: Steps): Promise<void> {
  const functions = everyFunction(deployed);
  for (const into of regions) {
    for (const { role, region } of functions) {
      const Dimensions = Object.entries(beatMetricDimensions(role, region)).map(([Name, Value]) => ({ Name, Value }));
      const asked = new ListMetricsCommand({ Namespace: metricNamespace, MetricName: beatMetricName, Dimensions });
      await until(`the beat metric of the ${role} of ${region} in ${into}`, 90, async () =>
        (await clients.metrics(into).send(asked)).Metrics?.length === 1 ? true : undefined,
      );
    }
  }
  steps.fact('every function publishes its beats into every region', true, `${functions.length} functions, ${regions.length} regions`);
}

/** An AWS that evaluates rights proves something only where every refusal is seen, those included that the functions survive. */
export async function proveRights({ emulator }: Place, steps: Steps): Promise<void> {
  const refused: string[] = [];
  for (const { role, region } of everyFunction(deployed)) {
    const input = { logGroupName: logGroupName(role) };
    const { events = [] } = await targetCall<Logged>(emulator, 'logs', region, { target: 'Logs_20140328.FilterLogEvents', input });
    if (events.length === 0) refused.push(`the ${role} of ${region} has logged nothing`);
    refused.push(...events.flatMap(({ message }) => (/AccessDenied|not authorized/i.test(message) ? `${role} of ${region}: ${message.slice(0, 200)}` : [])));
  }
  steps.fact('every function logs into its own group, and no call of any was refused', refused.length === 0, refused.slice(0, 3).join('; ') || undefined);
}

interface Logged {
  readonly events?: readonly { readonly message: string }[];
}
