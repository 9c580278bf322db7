/** Loads a function as Lambda does, with the pieces that its first work needs, and says what that took. */
import { pathToFileURL } from 'node:url';

const [, , ...files] = process.argv;
const begun = { at: performance.now(), cpu: process.cpuUsage() };
for (const file of files) await import(pathToFileURL(file).href);
const { user, system } = process.cpuUsage(begun.cpu);
process.stdout.write(JSON.stringify({ wallMs: performance.now() - begun.at, cpuMs: (user + system) / 1000, bootMs: begun.at }));
