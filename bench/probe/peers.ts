/** The peers: where their programs come from, how each is told what to watch, and who starts its probes. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Program } from './processes';

export interface Watch {
  readonly folder: string;
  readonly port: number;
  readonly urls: readonly string[];
  readonly intervalMs: number;
}

export interface Peer {
  readonly name: string;
  /** The names of its program. */
  readonly programs: readonly string[];
  readonly module: string;
  readonly version: string;
  readonly main: string;
  /** Writes its configuration, and says how it is started. */
  set(watch: Watch, program: string): Program;
  /** For one that probes when it is asked to: what to ask for one probe. */
  asks?(port: number, url: string): string;
}

const timeoutSeconds = 5;

export const peers: readonly Peer[] = [
  {
    name: 'gatus',
    programs: ['gatus'],
    module: 'github.com/TwiN/gatus/v5',
    version: 'v5.36.0',
    main: 'github.com/TwiN/gatus/v5',
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
    name: 'blackbox',
    programs: ['blackbox', 'blackbox_exporter', 'prometheus-blackbox-exporter'],
    module: 'github.com/prometheus/blackbox_exporter',
    version: 'v0.28.0',
    main: 'github.com/prometheus/blackbox_exporter',
    set({ folder, port }, command) {
      const http = { preferred_ip_protocol: 'ip4', tls_config: { insecure_skip_verify: true } };
      writeFileSync(join(folder, 'blackbox.yml'), JSON.stringify({ modules: { http: { prober: 'http', timeout: `${timeoutSeconds}s`, http } } }));
      return { name: 'blackbox', command, args: [`--config.file=${folder}/blackbox.yml`, `--web.listen-address=127.0.0.1:${port}`] };
    },
    asks: (port, url) => `http://127.0.0.1:${port}/probe?module=http&target=${encodeURIComponent(url)}`,
  },
  {
    name: 'cloudprober',
    programs: ['cloudprober'],
    module: 'github.com/cloudprober/cloudprober',
    version: 'v0.14.4',
    main: 'github.com/cloudprober/cloudprober/cmd/cloudprober',
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

/** In a folder of the user's, in the PATH, or built from the Go proxy into the folder. `undefined` where none of that works. */
export function findPeer(peer: Peer, folder: string, mayInstall: boolean): string | undefined {
  const places = [join(folder, 'bin'), folder, ...(process.env.PATH ?? '').split(delimiter)];
  return places.flatMap((place) => peer.programs.map((name) => join(place, name))).find(isProgram) ?? (mayInstall ? install(peer, folder) : undefined);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** With a pinned go.mod, which asks the proxy for no list of versions. */
function install({ name, module, version, main }: Peer, folder: string): string | undefined {
  const [source, program] = [join(folder, 'src', name), join(folder, 'bin', name)];
  try {
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'go.mod'), `module peer\n\ngo 1.24\n\nrequire ${module} ${version}\n`);
    const environment = {
      ...process.env,
      GOFLAGS: '-buildvcs=false -modcacherw -mod=mod',
      GOMODCACHE: join(folder, 'go/mod'),
      GOCACHE: join(folder, 'go/build'),
    };
    execFileSync('go', ['build', '-o', program, main], { cwd: source, env: environment, stdio: 'ignore' });
    return program;
  } catch {
    return undefined;
  }
}
