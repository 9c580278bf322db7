import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmDefinition } from '../../../local/aws/alarm/definition';
import type { AlarmMessage } from '../../../local/aws/alarm/message';
import { Alarms } from '../../../local/aws/alarms';
import type { AlarmEvent } from '../../../local/aws/edge-messages';
import { Metrics } from '../../../local/aws/metrics';
import { regionId } from '../../../src/core/basics/brand';
import { alarmWith, midnight, minute, second } from './alarm/alarm-builders';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'twinwatch-alarms-'));
});
afterEach(() => {
  for (const region of opened.splice(0)) region.alarms.stop();
  rmSync(dataDir, { recursive: true });
});
const opened: { readonly alarms: Alarms }[] = [];

/** A region whose clock the test turns, second by second, with a prober that beats each minute while it lives. */
function openRegion({ now = midnight, alarms: definitions = [alarmWith()] }: { readonly now?: number; readonly alarms?: readonly AlarmDefinition[] } = {}) {
  const clock = { now };
  const metrics = new Metrics(() => clock.now);
  const said: AlarmMessage[] = [];
  const events: AlarmEvent[] = [];
  const alarms = new Alarms({
    spec: { region: regionId('us-east-2'), account: '000000000000', dataDir, alarms: definitions },
    pointsOf: (metric) => metrics.pointsOf(metric),
    publish: (message) => void said.push(message),
    tell: (event) => void (event.kind === 'alarm' && events.push(event)),
    now: () => clock.now,
  });
  alarms.start();
  const beat = () => {
    const [definition] = definitions;
    const dimensions = Object.entries(definition!.metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
    const datum = { MetricName: definition!.metric.name, Dimensions: dimensions.reverse(), Timestamp: clock.now / 1000, Value: 1 };
    metrics.serve({ service: 'monitoring', action: 'PutMetricData', input: { Namespace: definition!.metric.namespace, MetricData: [datum] }, resources: [] });
  };
  const run = (minutes: number, { beats = true } = {}) => {
    for (const end = clock.now + minutes * minute; clock.now < end; clock.now += second) {
      if (beats && clock.now % minute === 0) beat();
      alarms.look();
    }
  };
  const region = { alarms, said, events, clock, run, states: () => said.map(({ json }) => JSON.parse(json).NewStateValue) };
  opened.push(region);
  return region;
}

it('tells a change and nothing else: well, silent, well again', () => {
  const region = openRegion();
  region.run(5);
  region.run(30, { beats: false });
  region.run(5);
  expect(region.states()).toEqual(['OK', 'ALARM', 'OK']);
});

it('waits for a first beat, and tells when none came', () => {
  const region = openRegion();
  region.run(9, { beats: false });
  expect(region.states()).toEqual([]);
  region.run(3, { beats: false });
  expect(region.states()).toEqual(['ALARM']);
});

it('tells what CloudWatch tells, to the topic of its own region', () => {
  const region = openRegion();
  region.run(4);
  region.run(4, { beats: false });
  const { subject, json, email } = region.said.at(-1)!;
  expect(subject).toBe('ALARM: "twinwatch-prober-silent-eu-west-1" in us-east-2');
  expect(email).toContain('has entered the ALARM state at 2026-11-21T00:0');
  expect(email).toContain('It belongs to the incident prober:eu-west-1:watch');
  const topic = ['arn:aws:sns:us-east-2:000000000000:twinwatch-alerts'];
  expect(JSON.parse(json)).toEqual({
    AlarmName: 'twinwatch-prober-silent-eu-west-1',
    AlarmDescription: expect.stringContaining('No beat of the prober of eu-west-1 has reached us-east-2 for two whole minutes.'),
    AWSAccountId: '000000000000',
    AlarmConfigurationUpdatedTimestamp: '2026-11-21T00:00:00.000+0000',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    StateChangeTime: expect.stringMatching(/^2026-11-21T00:0[5-8]:\d\d\.\d{3}\+0000$/),
    Region: 'us-east-2',
    AlarmArn: 'arn:aws:cloudwatch:us-east-2:000000000000:alarm:twinwatch-prober-silent-eu-west-1',
    OldStateValue: 'OK',
    OKActions: topic,
    AlarmActions: topic,
    InsufficientDataActions: topic,
    Trigger: {
      MetricName: 'Beat',
      Namespace: 'twinwatch',
      StatisticType: 'Statistic',
      Statistic: 'SAMPLE_COUNT',
      Unit: null,
      Dimensions: [
        { value: 'prober', name: 'Function' },
        { value: 'eu-west-1', name: 'Region' },
      ],
      Period: 60,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      EvaluateLowSampleCountPercentile: '',
    },
  });
});

it('tells that data lacks, where missing data is only missing', () => {
  const region = openRegion({ alarms: [alarmWith({ treatMissingData: 'missing' })] });
  region.run(4);
  region.run(4, { beats: false });
  expect(region.states()).toEqual(['OK', 'INSUFFICIENT_DATA']);
});

it('says nothing when a warm-up ends and nothing else changes', () => {
  const region = openRegion({ alarms: [alarmWith({ treatMissingData: 'missing' })] });
  region.run(15, { beats: false });
  expect(region.states()).toEqual([]);
});

it('tells the supervisor how things stand when it starts, and then what is new', () => {
  const region = openRegion();
  region.run(4);
  expect(region.events).toEqual([
    expect.objectContaining({ name: 'twinwatch-prober-silent-eu-west-1', state: 'INSUFFICIENT_DATA', isNews: false }),
    expect.objectContaining({ state: 'OK', isNews: true, since: expect.stringMatching(/^2026-11-21T00:0/) }),
  ]);
});

describe('an edge that comes back', () => {
  it('tells nothing twice, and nothing of the time it was away', () => {
    const before = openRegion();
    before.run(5);
    before.alarms.stop();
    const after = openRegion({ now: before.clock.now + 60 * minute });
    expect(after.events).toMatchObject([{ state: 'OK', isNews: false }]);
    after.run(10);
    expect(after.states()).toEqual([]);
  });

  it('hears a silence that lasts, without another warm-up', () => {
    const before = openRegion();
    before.run(5);
    before.alarms.stop();
    const after = openRegion({ now: before.clock.now + 7 * second });
    after.run(5, { beats: false });
    expect(after.states()).toEqual(['ALARM']);
  });

  it('keeps an alarm until the beats are back', () => {
    const before = openRegion();
    before.run(5);
    before.run(5, { beats: false });
    before.alarms.stop();
    const after = openRegion({ now: before.clock.now + minute });
    after.run(5);
    expect(after.states()).toEqual(['OK']);
  });

  it.each(['', 'no JSON', '[]', '{"twinwatch-prober-silent-eu-west-1": {"state": "FINE"}}'])('begins anew where it remembers only %j', (text) => {
    const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    writeFileSync(join(dataDir, 'alarms.json'), text);
    const region = openRegion();
    expect(region.events).toMatchObject([{ state: 'INSUFFICIENT_DATA' }]);
    expect(complaint.mock.calls.flat().join()).toContain('they begin anew');
    expect(JSON.parse(readFileSync(join(dataDir, 'alarms.json'), 'utf8'))).toHaveProperty(['twinwatch-prober-silent-eu-west-1', 'state'], 'INSUFFICIENT_DATA');
    complaint.mockRestore();
  });
});

it('takes its own sleep for no silence of others', () => {
  const region = openRegion();
  region.run(5);
  region.clock.now += 8 * 60 * minute + 13 * second;
  region.run(10);
  expect(region.states()).toEqual(['OK']);
});

it('refuses an alarm that CloudWatch would refuse', () => {
  expect(() => openRegion({ alarms: [alarmWith({ periodMs: 10 * second })] })).toThrow(
    'would refuse the alarm twinwatch-prober-silent-eu-west-1: a wall-clock window',
  );
});
