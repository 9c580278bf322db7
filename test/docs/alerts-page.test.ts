import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakesOf } from '../core/config/config-text';

const page = readFileSync(join(__dirname, '../../docs/alerts.md'), 'utf8');
const [maintenance = '', routes = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);

it('the examples of the page are configurations without mistakes', () => {
  const regions = 'regions: { probers: [eu-west-1, us-east-2] }\n';
  const monitors = 'monitors: { shop: { http: https://shop.example.com/, group: web } }\n';
  expect(mistakesOf(`${regions}${monitors}${maintenance}`)).toEqual([]);
  expect(mistakesOf(`${regions}${routes}`)).toEqual([]);
});
