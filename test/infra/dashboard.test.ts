import { exampleConfig } from '../../infra/inventory/example-config';
import { regionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import { account, deploymentOf, frankfurt, ireland, ohio, threeRegions } from './assembly';

const deployment = deploymentOf();
const twoRegions = deploymentOf({ ...threeRegions, regions: { probers: [ireland, ohio] } });

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly region?: string;
    readonly title?: string;
    readonly markdown?: string;
    readonly endpoint?: string;
    readonly updateOn?: unknown;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const body = (of: typeof deployment): readonly Widget[] => JSON.parse(String(of.dashboard.one('AWS::CloudWatch::Dashboard').Properties.DashboardBody)).widgets;
const widgets = body(deployment);
const ofKind = (kind: string) => widgets.filter(({ type }) => type === kind);
const headOf = (config: Config) => body(deploymentOf(config))[0]!.properties.markdown!;

test('it lives with the witness, or else in the last region', () => {
  expect(deployment.dashboard.region).toBe(frankfurt);
  expect(twoRegions.dashboard.region).toBe(ohio);
});

test('the alarms of every region stand in one place, each by the name that the region gives it, those that fire first', () => {
  const existing = deployment.regions.flatMap((stack) =>
    stack.all('AWS::CloudWatch::Alarm').map(({ Properties }) => `arn:aws:cloudwatch:${stack.region}:${account}:alarm:${Properties.AlarmName}`),
  );
  const [only, ...more] = ofKind('alarm');
  expect(more).toEqual([]);
  expect([...only!.properties.alarms!].sort()).toEqual([...existing].sort());
  expect(only!.properties).toMatchObject({ sortBy: 'stateUpdatedTimestamp' });
});

test('more alarms than one widget takes are shown in several', () => {
  const names = ['eu-west-1', 'eu-west-2', 'eu-north-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'ap-southeast-2', 'ap-northeast-1', 'sa-east-1'];
  const wide = body(deploymentOf({ ...threeRegions, regions: { probers: names.map(regionId), witness: frankfurt } }));
  const shown = wide.filter(({ type }) => type === 'alarm').map(({ properties }) => properties.alarms!.length);
  expect(shown).toEqual([100, 100, 48]);
});

test('every region draws its own picture, by the function that it has for that', () => {
  const shown = ofKind('custom');
  expect(shown.map(({ properties }) => properties.endpoint)).toEqual(
    [ireland, ohio, frankfurt].map((region) => `arn:aws:lambda:${region}:${account}:function:twinwatch-widget`),
  );
  for (const { properties } of shown) expect(properties.updateOn).toEqual({ refresh: true, resize: false, timeRange: false });
  for (const stack of deployment.regions) {
    expect(stack.all('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName)).toContain('twinwatch-widget');
  }
});

test('the beats that reach each region are the only metrics: a new one would cost in every region', () => {
  const graphs = ofKind('metric');
  expect(graphs.map(({ properties }) => properties.region)).toEqual([ireland, ohio, frankfurt]);
  for (const { properties } of graphs) {
    expect(properties.metrics).toHaveLength(5);
    for (const metric of properties.metrics!) {
      expect(metric.slice(0, 2)).toEqual(['twinwatch', 'Beat']);
      expect(metric.at(-1)).toMatchObject({ region: properties.region, stat: 'SampleCount', period: 60 });
    }
  }
});

test('nothing lies over anything else, and what is needed first stands on top', () => {
  const cells = widgets.flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)}:${y + Math.floor(cell / width)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(widgets.map(({ type }) => type)).toEqual(['text', 'alarm', 'custom', 'custom', 'custom', 'metric', 'metric', 'metric']);
});

describe('its head', () => {
  test('says what is probed from where', () => {
    expect(headOf(threeRegions)).toContain('0 monitors are probed from **eu-west-1**, **us-east-2**. **eu-central-1** is the witness.');
    expect(body(twoRegions)[0]!.properties.markdown).toContain('There is no witness.');
  });

  test('leads to the alarms, the log and the table of every region', () => {
    for (const region of [ireland, ohio, frankfurt]) {
      expect(headOf(threeRegions)).toContain(`(https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:?search=twinwatch)`);
      expect(headOf(threeRegions)).toContain(`log-group/$252Faws$252Flambda$252Ftwinwatch-watchdog`);
    }
  });

  test('leads to the sections of the runbook where it is said where that can be read', () => {
    expect(headOf(exampleConfig)).toContain('`docs/runbook.md`');
    const known = headOf({ ...threeRegions, runbookUrl: 'https://wiki.example.com/runbook' });
    expect(known).toContain('[a prober is silent](https://wiki.example.com/runbook#silent)');
    expect(known).toContain('[a monitor is down](https://wiki.example.com/runbook#monitor-down)');
  });
});
