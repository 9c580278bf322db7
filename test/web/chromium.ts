/** A real browser for the page, where there is one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPath = '/usr/bin/chromium';
const wantedPath = process.env.CHROMIUM ?? usualPath;

/** Where the browser is; `undefined` where there is none. */
const chromiumPath: string | undefined = existsSync(wantedPath) ? wantedPath : undefined;

/** `describe` with a browser; without one the tests are skipped under a name that says why. */
export function describeInChromium(name: string, tests: () => void): void {
  if (chromiumPath === undefined) describe.skip(`${name} (skipped: no Chromium at ${wantedPath}; set CHROMIUM to its path)`, tests);
  else describe(name, tests);
}

/** Headless, with a fresh profile of its own, and silent towards the network. */
export function launchChromium(): Promise<Browser> {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({ executablePath: chromiumPath ?? usualPath, headless: true, args: [...flags, '--disable-sync'] });
}
