/** `npm run inventory`: writes docs/INVENTORY.md; with a configuration it prints the inventory of that one instead. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from './bundle';
import { readConfigFile } from './config-file';
import { inventoryOf } from './inventory/document';
import { exampleConfig, grownConfig } from './inventory/example-config';

const [file] = process.argv.slice(2);

if (file === undefined) {
  writeFileSync(join(projectDirectory, 'docs', 'INVENTORY.md'), inventoryOf(exampleConfig, grownConfig));
} else {
  const read = readConfigFile(file, process.env);
  if (read.kind === 'valid') process.stdout.write(inventoryOf(read.config));
  else process.stderr.write(read.mistakes.map((mistake) => `${mistake}\n`).join(''));
  process.exitCode = read.kind === 'valid' ? 0 : 1;
}
