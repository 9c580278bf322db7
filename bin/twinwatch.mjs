#!/usr/bin/env node
/** The one entry: bundles the host that is asked for, and runs it without a compiler in memory. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const argv = process.argv.slice(2);

process.setSourceMapsEnabled(true);
process.on('uncaughtException', fail);
await run();

async function run() {
  const isLocal = argv[0] === 'up' && !argv.some((word) => word === '--help' || word === '-h');
  const host = isLocal ? 'local' : 'cli';
  const { main } = await import(pathToFileURL(await bundle(host)).href);
  await main(argv);
}

/** Path of the bundled host, named after its content: parallel starts write the same file, and a running one keeps its own. */
async function bundle(host) {
  const entry = join(projectDirectory, host, 'main.ts');
  if (!existsSync(entry)) throw userError(`this copy of twinwatch cannot run \`${argv[0]}\`: ${entry} is missing`);
  const { build, stop } = await loadEsbuild();
  const directory = join(projectDirectory, 'node_modules/.cache/twinwatch');
  const built = await build({
    entryPoints: [entry],
    absWorkingDir: projectDirectory,
    outdir: directory,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    // Code finds its neighbours as if it still stood in the folder of its host.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
    logLevel: 'silent',
  }).catch((error) => {
    throw userError(`it could not be bundled: ${error.message}; try again, and if it stays so, run \`npm ci\` in ${projectDirectory}`);
  });
  await stop();
  return store(host, directory, built.outputFiles[0].contents);
}

async function loadEsbuild() {
  try {
    return await import('esbuild');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw userError(`twinwatch is not installed yet; run \`npm ci\` in ${projectDirectory}`);
  }
}

function store(host, directory, contents) {
  const file = join(directory, `${host}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(directory, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, file);
  return file;
}

function userError(message) {
  return Object.assign(new Error(message), { name: 'UserError' });
}

/** What a user can mend is one sentence; anything else is a bug of ours, with its stack. */
function fail(error) {
  console.error(error?.name === 'UserError' ? `twinwatch: ${error.message}` : error);
  process.exit(1);
}
