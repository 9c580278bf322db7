/** Stacks of a small configuration, synthesised as the CDK command would, but without bundling. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addStacks } from '../../infra/stacks';
import { instant, regionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';

export const account = '111122223333';
export const ireland = regionId('eu-west-1');
export const ohio = regionId('us-east-2');
export const frankfurt = regionId('eu-central-1');

/** Two probers and a witness, an e-mail and a webhook. */
export const threeRegions: Config = {
  madeAt: instant(Date.parse('2026-11-21T04:00:00Z')),
  hash: 'c0ffee',
  regions: { probers: [ireland, ohio], witness: frankfurt },
  beatIntervalMs: 60_000,
  watch: { tolerateMs: 60_000 },
  anchors: [],
  outside: [],
  network: { allowPrivate: false },
  channels: [
    { kind: 'email', name: 'ops-mail', address: 'ops@example.com' },
    { kind: 'webhook', name: 'ops-hook', url: 'https://ops.example.com/hook' },
  ],
  monitors: [],
};

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: { readonly [name: string]: Value };
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** The template of a stack, with its name and region. */
export interface Deployed {
  readonly name: string;
  readonly region: string;
  readonly text: string;
  all(type: string): readonly Resource[];
  /** The only resource of its type. */
  one(type: string): Resource;
}

export interface Deployment {
  readonly home: Deployed;
  readonly regions: readonly Deployed[];
  readonly dashboard: Deployed;
  in(region: string): Deployed;
  /** Names of the stacks that must be deployed before, by the name of the stack. */
  readonly after: ReadonlyMap<string, readonly string[]>;
}

/** What jest does not read by itself, and the CDK command does. */
const flags: Record<string, unknown> = JSON.parse(readFileSync('cdk.json', 'utf8')).context;

const assemblies = mkdtempSync(join(tmpdir(), 'twinwatch-infra-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

export function newApp(bundles: readonly string[] = []): App {
  return new App({
    outdir: mkdtempSync(join(assemblies, 'app-')),
    builtinCloudFormationValidation: false,
    context: { ...flags, 'aws:cdk:bundling-stacks': bundles },
  });
}

export function deploymentOf(config: Config = threeRegions): Deployment {
  const stacks = addStacks(newApp(), config, account);
  const every = [stacks.home, ...stacks.regions, stacks.dashboard];
  const regions = stacks.regions.map(deployed);
  return {
    home: deployed(stacks.home),
    regions,
    dashboard: deployed(stacks.dashboard),
    in: (region) => regions.find((candidate) => candidate.region === region)!,
    after: new Map(every.map((stack) => [stack.stackName, stack.dependencies.map((before) => before.stackName)])),
  };
}

function deployed(stack: Stack): Deployed {
  const template: { Resources: Record<string, Omit<Resource, 'id'>> } = { Resources: {}, ...Template.fromStack(stack).toJSON() };
  const resources = Object.entries(template.Resources).map(([id, resource]) => ({ ...resource, id }));
  const all = (type: string) => resources.filter((resource) => resource.Type === type);
  const one = (type: string) => {
    const [first, ...others] = all(type);
    if (first === undefined || others.length > 0) throw new Error(`${stack.stackName} holds ${others.length + (first ? 1 : 0)} of ${type}, wanted one`);
    return first;
  };
  return { name: stack.stackName, region: stack.region, text: JSON.stringify(template), all, one };
}
