import { readFileSync } from 'node:fs';
import { heartbeatSchema } from '../src/core/config/kinds/heartbeat/schema';
import { configOf, textWith } from './core/config/config-text';

const text = readFileSync(`${__dirname}/../docs/probes/heartbeat.md`, 'utf8');
const token = 'f00dfeed-0123-4567-89ab';

it('every option of a heartbeat monitor stands in the table, and no other', () => {
  const [table = ''] = text.split('| option').slice(1);
  const options = [...table.slice(0, table.indexOf('\n\n')).matchAll(/^\| `(\w+)`/gm)].map(([, option]) => option);
  expect(options).toEqual(Object.keys(heartbeatSchema.shape));
});

it('every example can be read', () => {
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  expect(blocks).toHaveLength(2);
  for (const yaml of blocks) {
    const config = configOf(`${textWith({ monitors: undefined })}${yaml}`, {
      BACKUP_TOKEN: token,
      WORKER_TOKEN: `${token}-2`,
      OUR_TOKEN: token,
      THEIR_TOKEN: token,
    });
    expect(config.monitors.every(({ probe }) => probe.kind === 'heartbeat')).toBe(true);
  }
});
