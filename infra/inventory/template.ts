/** Stacks as CloudFormation gets them, and what stands in them as text. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import type { Config } from '../../src/core/config/config';
import { projectDirectory } from '../bundle';
import { addStacks } from '../stacks';

/** Stands for whoever deploys; every account is as good. */
const account = '111122223333';

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly isRetained: boolean;
}

export interface StackTemplate {
  readonly name: string;
  readonly region: string;
  readonly description: string;
  /** Stacks that are deployed before. */
  readonly after: readonly string[];
  readonly resources: readonly TemplateResource[];
  /** Findings of rule packs such as cdk-nag that somebody has looked at, and left as they are. */
  readonly acknowledged: readonly Acknowledged[];
}

export interface Acknowledged {
  readonly rule: string;
  readonly where: string;
  readonly reason: string;
}

/** Synthesises without bundling: no template depends on what a bundle holds. */
export function templatesOf(config: Config): readonly StackTemplate[] {
  const outdir = mkdtempSync(join(tmpdir(), 'twinwatch-inventory-'));
  try {
    const { context } = JSON.parse(readFileSync(join(projectDirectory, 'cdk.json'), 'utf8'));
    const app = new App({ outdir, autoSynth: false, builtinCloudFormationValidation: false, context: { ...context, 'aws:cdk:bundling-stacks': [] } });
    const { home, regions, dashboard } = addStacks(app, config, account);
    const assembly = app.synth();
    return [home, ...regions, dashboard].map((stack) => templateOf(stack, assembly.getStackByName(stack.stackName).template));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

function templateOf(stack: Stack, template: { readonly Description?: string; readonly Resources: Readonly<Record<string, RawResource>> }): StackTemplate {
  return {
    name: stack.stackName,
    region: stack.region,
    description: template.Description ?? '',
    after: stack.dependencies.map((before) => before.stackName),
    acknowledged: acknowledgedIn(stack),
    resources: Object.entries(template.Resources).map(([id, { Type: type, Properties: properties = {}, DeletionPolicy }]) => ({
      id,
      type,
      properties,
      isRetained: DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate',
    })),
  };
}

/** Read from where CDK keeps them: of each rule its reason. */
export function acknowledgedIn(stack: Stack): readonly Acknowledged[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>).map(([rule, reason]) => ({ rule, where: node.path, reason }))),
    );
}

const namesOf: readonly string[] = ['TableName', 'FunctionName', 'RoleName', 'TopicName', 'QueueName', 'AlarmName', 'LogGroupName', 'DashboardName', 'Name'];

/** The name under which a resource will be found in AWS, or undefined where it has none of its own. */
export function nameOf({ type, properties }: TemplateResource): string | undefined {
  if (type === 'AWS::Lambda::EventInvokeConfig' || type === 'AWS::Lambda::EventSourceMapping') return undefined;
  const found = namesOf.map((name) => properties[name]).find((value) => typeof value === 'string');
  return found === undefined ? undefined : String(found);
}

/** What stands in a template as a person reads it: references by the names of what they lead to. */
export function textOf(value: unknown, stack: StackTemplate): string {
  if (typeof value === 'string') return value.replaceAll(account, 'ACCOUNT');
  if (Array.isArray(value)) return value.map((one) => textOf(one, stack)).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, inner] = ['', undefined]] = Object.entries(value);
  if (kind === 'Ref') return referred(String(inner), stack);
  if (kind === 'Fn::GetAtt' && Array.isArray(inner)) return referred(String(inner[0]), stack);
  if (kind === 'Fn::Join' && Array.isArray(inner)) return (inner[1] as unknown[]).map((one) => textOf(one, stack)).join(String(inner[0]));
  return JSON.stringify(value).replaceAll(account, 'ACCOUNT');
}

function referred(id: string, stack: StackTemplate): string {
  const resource = stack.resources.find((candidate) => candidate.id === id);
  if (resource === undefined) return id;
  return `${nameOf(resource) ?? id} (${resource.type.split('::').at(-1)})`;
}
