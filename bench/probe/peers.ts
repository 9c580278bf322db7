/** The peers: how each is told what to watch, and who starts its probes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../peers/processes';
import { type Source, sources } from '../peers/programs';

export interface Watch {
  readonly folder: string;
  readonly port: number;
  readonly urls: readonly string[];
  readonly intervalMs: number;
}

export interface Peer extends Source {
  /** Writes its configuration, and says how it is started. */
  set(watch: Watch, program: string): Program;
  /** For one that probes when it is asked to: what to ask for one probe. */
  asks?(port: number, url: string): string;
}

const timeoutSeconds = 5;

export const peers: readonly Peer[] = [
  {
    ...sources.gatus,
    set({ folder, port, urls, intervalMs }, command) {
      const endpoint = { interval: `${intervalMs}ms`, client: { timeout: `${timeoutSeconds}s`, insecure: true }, conditions: ['[STATUS] == 200'] };
      const endpoints = urls.map((url, index) => ({ name: `m${index}`, url, ...endpoint }));
      const file = join(folder, 'gatus.yaml');
      // Its lock lets three probe at a time, and would limit what it can do at full speed.
      writeFileSync(file, JSON.stringify({ web: { address: '127.0.0.1', port }, 'disable-monitoring-lock': intervalMs < 1000, endpoints }));
      return { name: 'gatus', command, args: [], environment: { GATUS_CONFIG_PATH: file, GATUS_LOG_LEVEL: 'WARN' } };
    },
  },
  {
    ...sources.blackbox,
    set({ folder, port }, command) {
      const http = { preferred_ip_protocol: 'ip4', tls_config: { insecure_skip_verify: true } };
      writeFileSync(join(folder, 'blackbox.yml'), JSON.stringify({ modules: { http: { prober: 'http', timeout: `${timeoutSeconds}s`, http } } }));
      return { name: 'blackbox', command, args: [`--config.file=${folder}/blackbox.yml`, `--web.listen-address=127.0.0.1:${port}`] };
    },
    asks: (port, url) => `http://127.0.0.1:${port}/probe?module=http&target=${encodeURIComponent(url)}`,
  },
  {
    ...sources.cloudprober,
    set({ folder, port, urls, intervalMs }, command) {
      const endpoints = urls.map((url, index) => `endpoint { name: "m${index}" url: "${url}" }`);
      const timeoutMs = Math.min(timeoutSeconds * 1000, intervalMs);
      const text = `host: "127.0.0.1" port: ${port}
probe { name: "web" type: HTTP interval: "${intervalMs}ms" timeout: "${timeoutMs}ms"
  targets { ${endpoints.join('\n')} }
  http_probe { tls_config { disable_cert_validation: true } ${intervalMs < 1000 ? 'interval_between_targets_msec: 1' : ''} }
  validator { name: "status" http_validator { success_status_codes: "200-299" } } }
`;
      writeFileSync(join(folder, 'cloudprober.cfg'), text);
      const args = ['--config_file', join(folder, 'cloudprober.cfg'), '--logtostderr'];
      return { name: 'cloudprober', command, args, environment: { CLOUDPROBER_DISABLE_CLOUD_LOGGING: '1' } };
    },
  },
];
