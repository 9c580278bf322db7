/** LocalEmu on a free port of 127.0.0.1: it evaluates alarms and what they make of missing data, and tells topics. */

import { mkdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { dirname, join } from 'node:path';
import { credentials, freePort } from '../emulator';
import { familyOf, listenersOf } from '../family';
import { lastWords, type Running, start } from '../processes';
import type { Reached } from '../signed-call';
import { until } from '../steps';

export interface AlarmEmulator extends Reached {
  readonly process: Running;
  /** Where it and everything that it has started listen. */
  listeners(): readonly string[];
}

export const alarmEmulatorLogName = 'alarm-emulator.log';

export async function startAlarmEmulator(python: string, workFolder: string): Promise<AlarmEmulator> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  for (const name of ['tmp', 'home', 'volume', 'files']) mkdirSync(join(workFolder, name));
  const emulator = start({
    // Its own script names the folder in which it was installed, which was another one.
    program: python,
    words: ['-m', 'localemu.cli.main', 'start', '--host', '127.0.0.1', '--port', String(port)],
    folder: workFolder,
    logFile: join(workFolder, alarmEmulatorLogName),
    environment: {
      PATH: `${dirname(python)}:/usr/bin:/bin`,
      HOME: join(workFolder, 'home'),
      TMPDIR: join(workFolder, 'tmp'),
      LOCALEMU_VOLUME_DIR: join(workFolder, 'volume'),
      FILESYSTEM_ROOT: join(workFolder, 'files'),
      // Its usual server listens on every address, whatever it is told.
      GATEWAY_SERVER: 'hypercorn',
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      LOCALEMU_HOST: `127.0.0.1:${port}`,
      DISABLE_EVENTS: '1',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  await ready(emulator, `${endpoint}/_localemu/health`);
  return { endpoint, agent: new Agent({ keepAlive: true }), process: emulator, listeners: () => listenersOf(familyOf(emulator.pid)) };
}

async function ready(emulator: Running, url: string): Promise<void> {
  let isOver = false;
  void emulator.ended.then(() => {
    isOver = true;
  });
  await until('the emulator to say that it is well', 60, async () => isOver || ((await fetch(url)).ok ? true : undefined));
  if (isOver) throw new Error(`the emulator ended before it was ready:\n${lastWords(emulator.logFile)}`);
}
