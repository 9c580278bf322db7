/** Gatus on the same target, as a peer: what it tells while it is frozen or killed, and what it says of that time afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../peers/processes';

export interface Gatus {
  blind(how: 'freeze' | 'kill'): () => void;
  /** Share of good results of the last hour, 0 to 1; undefined where it says nothing. */
  uptime(): Promise<number | undefined>;
  stop(): void;
}

export async function startGatus(program: string, watched: { readonly target: string; readonly hook: string }): Promise<Gatus> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-gatus-'));
  const [port = 0] = await freePorts(1);
  const file = join(folder, 'config.yaml');
  writeFileSync(file, configOf(port, folder, watched));
  const start = (): ChildProcess => spawn(program, [], { env: { GATUS_CONFIG_PATH: file, GATUS_LOG_LEVEL: 'ERROR' }, stdio: 'ignore' });
  let child = start();
  return {
    blind: (how) => {
      child.kill(how === 'freeze' ? 'SIGSTOP' : 'SIGKILL');
      return () => {
        if (how === 'freeze') child.kill('SIGCONT');
        else child = start();
      };
    },
    uptime: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/endpoints/_shop/uptimes/1h`).catch(() => undefined);
      const text = answer?.ok === true ? await answer.text() : '';
      return text === '' ? undefined : Number(text);
    },
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** With its database on disk, so that a killed one does not forget. */
const configOf = (port: number, folder: string, { target, hook }: { readonly target: string; readonly hook: string }): string => `
web: { address: 127.0.0.1, port: ${port} }
storage: { type: sqlite, path: ${folder}/gatus.db }
alerting: { custom: { url: "${hook}", method: POST, body: "GATUS [ALERT_TRIGGERED_OR_RESOLVED] [ENDPOINT_NAME]" } }
endpoints:
  - name: shop
    url: "${target}"
    interval: 5s
    conditions: ["[STATUS] == 200"]
    alerts: [{ type: custom, failure-threshold: 2, success-threshold: 2, send-on-resolved: true }]
`;
