// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingSecrets } from '../../../local/missing-secrets';
import { secretsInAws } from '../../../src/adapters/secrets/aws-secrets';
import { configOf, textWithMonitor } from '../../core/config/config-text';
import { openWorkshop, regionA, type TestEdge, type Workshop } from './edge-fixture';

let workshop: Workshop;
let edge: TestEdge;
let file: string;
const before = process.env.AWS_ENDPOINT_URL;

beforeAll(async () => {
  workshop = openWorkshop();
  file = join(workshop.folder, 'secrets.yaml');
  writeFileSync(file, 'twinwatch/pager: hush\nssm:/twinwatch/hook: psst\n');
  edge = await workshop.start({ secretsFile: file });
  Object.assign(process.env, { AWS_ENDPOINT_URL: edge.url, AWS_ACCESS_KEY_ID: 'SOMEBODY', AWS_SECRET_ACCESS_KEY: 'local' });
});
afterAll(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  await workshop.close();
});

const read = secretsInAws(regionA);

it('the small AWS holds what a file on this machine says, in both of its stores', async () => {
  expect(await read({ store: 'secrets-manager', name: 'twinwatch/pager' })).toBe('hush');
  expect(await read({ store: 'parameter-store', name: '/twinwatch/hook' })).toBe('psst');
});

it('what is not there is refused as AWS refuses it', async () => {
  await expect(read({ store: 'secrets-manager', name: '/twinwatch/hook' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(read({ store: 'parameter-store', name: 'twinwatch/pager' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

it('what changes in the file changes at the next call', async () => {
  writeFileSync(file, 'twinwatch/pager: changed\n');
  expect(await read({ store: 'secrets-manager', name: 'twinwatch/pager' })).toBe('changed');
});

it('who asked for what is recorded, and never what it is', async () => {
  const calls = await edge.get<readonly { service: string; action: string; resource: string }[]>('/_twinwatch/calls');
  expect(calls).toContainEqual(expect.objectContaining({ service: 'secretsmanager', action: 'GetSecretValue', resource: 'twinwatch/pager' }));
  expect(calls).toContainEqual(expect.objectContaining({ service: 'ssm', action: 'GetParameter', resource: '/twinwatch/hook' }));
  expect(JSON.stringify(calls)).not.toMatch(/hush|changed/);
});

describe('a start', () => {
  const config = configOf(
    textWithMonitor('{ http: { url: https://a.example.com/, bearer: "${secret:twinwatch/pager#key}", headers: { x: "${secret:ssm:/twinwatch/other}" } } }'),
  );

  it('without the secrets that its configuration refers to is refused, with all of them', () => {
    expect(missingSecrets(config, undefined)).toBe(
      'the configuration refers to ssm:/twinwatch/other, twinwatch/pager; name a file of `name: value` lines with --secrets FILE',
    );
    expect(missingSecrets(config, file)).toBe(`${file} lacks ssm:/twinwatch/other; add a line \`ssm:/twinwatch/other: value\``);
    expect(missingSecrets(config, join(workshop.folder, 'none'))).toContain('cannot be read (ENOENT)');
  });

  it('with all of them is not', () => {
    writeFileSync(file, 'twinwatch/pager: { key: x }\nssm:/twinwatch/other: x\n');
    expect(missingSecrets(config, file)).toBeUndefined();
    expect(missingSecrets(configOf(textWithMonitor('{ http: https://a.example.com/ }')), undefined)).toBeUndefined();
  });
});
