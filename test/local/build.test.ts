import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../local/build';
import { StartRefused } from '../../local/refusal';
import type { Config } from '../../src/core/config/config';

it('a bundler that fails is told in a sentence, with what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-build-'));
  const building = buildAll({ root: folder, folder: join(folder, 'build'), config: { monitors: [], channels: [] } as unknown as Config });
  await expect(building).rejects.toThrow(StartRefused);
  await expect(building).rejects.toThrow(/^what the regions run could not be bundled: [\s\S]*; start again, and if it stays so, run `npm ci` in /);
  rmSync(folder, { recursive: true });
});
