import { delayOf } from '../../infra/region-functions';
import { edgeSpec, type Place } from '../../local/edge-spec';
import { regionId } from '../../src/core/basics/brand';
import type { Config, Monitor } from '../../src/core/config/config';
import { channelPolicy } from '../../src/core/names';
import { monitor } from '../core/builders';
import { deploymentOf, threeRegions } from '../infra/assembly';

const [eu, us, witness] = [regionId('eu-west-1'), regionId('us-east-2'), regionId('eu-central-1')];

const place = (beatIntervalMs: number, monitors: readonly Monitor[] = []): Place => ({
  config: {
    regions: { probers: [eu, us], witness },
    beatIntervalMs,
    monitors,
    channels: [
      { kind: 'webhook', name: 'hook', url: 'https://ops.example.com/hook' },
      { kind: 'webhook', name: 'plain', url: 'http://127.0.0.1:1/' },
      { kind: 'email', name: 'mail', address: 'ops@example.com' },
    ],
  } as unknown as Config,
  root: '/root',
  dataFolder: '/data',
  built: { edgeFile: '/data/build/edge.mjs', bootstrapFile: '/data/build/bootstrap.mjs', bundleDir: (role) => `/data/build/${role}` },
});

it.each([
  [eu, ['twinwatch-prober', 'twinwatch-watchdog', 'twinwatch-widget']],
  [us, ['twinwatch-prober', 'twinwatch-watchdog', 'twinwatch-widget']],
  [witness, ['twinwatch-watchdog', 'twinwatch-widget']],
])('%s runs %j', (region, names) => {
  const spec = edgeSpec(place(60_000), region, 4711);
  expect(spec.functions.map(({ name }) => name)).toEqual(names);
  expect(spec).toMatchObject({ region, port: 4711, dataDir: `/data/${region}`, account: '000000000000' });
  expect(spec.replicas).toEqual([eu, us, witness].filter((other) => other !== region));
});

it('where a monitor calls us, each region that probes has an inbox, which no schedule invokes', () => {
  const calling = monitor({ probe: { kind: 'heartbeat', token: 'f00dfeed-0123-4567-89ab', times: { kind: 'every', everyMs: 60_000 }, graceMs: 1000 } });
  const inboxes = [eu, us, witness].map((region) => edgeSpec(place(60_000, [calling]), region, 0).functions.find(({ name }) => name === 'twinwatch-inbox'));
  expect(inboxes.map((inbox) => inbox?.bundleDir)).toEqual(['/data/build/inbox', '/data/build/inbox', undefined]);
  expect(inboxes[0]?.schedule).toBeUndefined();
});

it.each([
  [10_000, [120_000, 120_000]],
  [59_000, [120_000, 120_000]],
  [60_000, [55_000, 50_000]],
])('with beats of %d ms, prober and watchdog may run for %j ms', (beatIntervalMs, timeouts) => {
  const scheduled = edgeSpec(place(beatIntervalMs), eu, 0).functions.filter(({ schedule }) => schedule !== undefined);
  expect(scheduled.map(({ timeoutMs }) => timeoutMs)).toEqual(timeouts);
});

it.each([
  ['that loop', 10_000, undefined],
  ['of a minute', 60_000, 30_000],
])('with beats %s, the watchdog is held back by what its queue in AWS holds it back', (_case, beatIntervalMs, delayMs) => {
  const [prober, watchdog] = edgeSpec(place(beatIntervalMs), eu, 0).functions;
  expect(prober?.schedule).toEqual({ everyMs: 60_000, firstAfterMs: 0 });
  expect(watchdog?.schedule).toEqual({ everyMs: 60_000, firstAfterMs: 500, delayMs });
  expect(delayOf('watchdog', { beatIntervalMs } as Config)?.toMilliseconds()).toBe(delayMs);
  expect(delayOf('prober', { beatIntervalMs } as Config)).toBeUndefined();
});

it('each channel is a subscription, which filters where messages are not for everybody', () => {
  const all = edgeSpec(place(60_000), eu, 0);
  expect([all.hasAlarmTopic, all.subscriptions]).toEqual([
    false,
    [
      { name: 'hook', protocol: 'https', endpoint: 'https://ops.example.com/hook' },
      { name: 'plain', protocol: 'http', endpoint: 'http://127.0.0.1:1/' },
      { name: 'mail', protocol: 'email', endpoint: 'ops@example.com' },
    ],
  ]);
  const { config, ...rest } = place(60_000);
  const routed = edgeSpec({ ...rest, config: { ...config, routes: [{ channels: ['mail'], goesOn: false, escalations: [] }] } }, eu, 0);
  expect(routed.hasAlarmTopic).toBe(true);
  expect(routed.subscriptions.map(({ name, filterPolicy }) => [name, filterPolicy])).toEqual(
    ['hook', 'plain', 'mail'].map((name) => [name, channelPolicy(name)]),
  );
});

it.each([eu, us, witness])('the alarms on silence of %s are those that are deployed there', (region) => {
  const deployed = deploymentOf({ ...threeRegions, regions: place(60_000).config.regions })
    .in(region)
    .all('AWS::CloudWatch::Alarm')
    .filter(({ Properties }) => String(Properties.AlarmName).includes('-silent-'));
  const local = edgeSpec(place(60_000), region, 0).alarms;
  expect(local).toHaveLength(5);
  expect(
    local.map((alarm) => ({
      AlarmName: alarm.name,
      AlarmDescription: alarm.description,
      Namespace: alarm.metric.namespace,
      MetricName: alarm.metric.name,
      Dimensions: Object.entries(alarm.metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: alarm.statistic,
      ComparisonOperator: alarm.comparison,
      Threshold: alarm.threshold,
      Period: alarm.periodMs / 1000,
      EvaluationPeriods: alarm.evaluationPeriods,
      DatapointsToAlarm: alarm.datapointsToAlarm,
      TreatMissingData: alarm.treatMissingData,
      EvaluationWindow: alarm.window === 'wall-clock' ? { WallClockWindow: { Timezone: 'UTC' } } : undefined,
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: alarm.warmUpMs / 60_000 },
    })),
  ).toEqual(deployed.map(({ Properties: { AlarmActions: _alarm, OKActions: _ok, InsufficientDataActions: _lack, ...properties } }) => properties));
});
