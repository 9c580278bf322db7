/** How each peer is told to watch the targets and to tell the receiver: as quick as its settings let it be, with as many failures needed as ours. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type Program } from '../peers/processes';
import { type Source, sources } from '../peers/programs';
import { gatusBody, type Reader, readers } from './messages';

export interface Watch {
  readonly folder: string;
  readonly hook: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly failures: number;
  readonly targets: readonly { readonly name: string; readonly url: string }[];
}

export interface Peer {
  readonly name: string;
  /** All the programs it is made of. */
  readonly sources: readonly Source[];
  readonly reader: () => Reader;
  /** Writes its configuration, and says what is started, where the programs are those of `sources`. */
  set(watch: Watch, programs: readonly string[]): Promise<readonly Program[]>;
}

export const peers: readonly Peer[] = [
  { name: 'gatus', sources: [sources.gatus], reader: readers.gatus, set: setGatus },
  { name: 'cloudprober', sources: [sources.cloudprober], reader: readers.cloudprober, set: setCloudprober },
  { name: 'blackbox', sources: [sources.blackbox, sources.prometheus, sources.alertmanager], reader: readers.blackbox, set: setBlackbox },
];

/** Its lock lets three probe at a time, so that some that hang would delay the others: it is switched off. */
async function setGatus({ folder, hook, intervalMs, timeoutMs, failures, targets }: Watch, [command = '']: readonly string[]): Promise<readonly Program[]> {
  const [port = 0] = await freePorts(1);
  const alert = { type: 'custom', 'failure-threshold': failures, 'success-threshold': 1, 'send-on-resolved': true };
  const endpoint = { interval: `${intervalMs}ms`, client: { timeout: `${timeoutMs}ms` }, conditions: ['[STATUS] == 200'], alerts: [alert] };
  const file = join(folder, 'gatus.yaml');
  const settings = {
    web: { address: '127.0.0.1', port },
    'disable-monitoring-lock': true,
    alerting: { custom: { url: hook, method: 'POST', body: gatusBody } },
    endpoints: targets.map(({ name, url }) => ({ name, url, ...endpoint })),
  };
  writeFileSync(file, JSON.stringify(settings));
  return [{ name: 'gatus', command, args: [], environment: { GATUS_CONFIG_PATH: file, GATUS_LOG_LEVEL: 'WARN' } }];
}

async function setCloudprober(
  { folder, hook, intervalMs, timeoutMs, failures, targets }: Watch,
  [command = '']: readonly string[],
): Promise<readonly Program[]> {
  const [port = 0] = await freePorts(1);
  const endpoints = targets.map(({ name, url }) => `endpoint { name: "${name}" url: "${url}" }`);
  const file = join(folder, 'cloudprober.cfg');
  const text = `host: "127.0.0.1" port: ${port}
probe { name: "web" type: HTTP interval: "${intervalMs}ms" timeout: "${Math.min(timeoutMs, intervalMs)}ms"
  targets { ${endpoints.join('\n')} }
  validator { name: "status" http_validator { success_status_codes: "200-299" } }
  alert { condition { failures: ${failures} total: ${failures} } notify { pager_duty { routing_key: "bench" api_url: "${hook}" } } } }
`;
  writeFileSync(file, text);
  const args = ['--config_file', file, '--logtostderr'];
  return [{ name: 'cloudprober', command, args, environment: { CLOUDPROBER_DISABLE_CLOUD_LOGGING: '1' } }];
}

/** Rules are evaluated twice an interval, and Alertmanager groups nothing and waits for nothing: it would take half a minute otherwise. */
async function setBlackbox({ folder, hook, intervalMs, timeoutMs, failures, targets }: Watch, programs: readonly string[]): Promise<readonly Program[]> {
  const [own = 0, prometheus = 0, alertmanager = 0] = await freePorts(3);
  const [blackboxProgram = '', prometheusProgram = '', alertmanagerProgram = ''] = programs;
  const write = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const modules = write('blackbox.yml', {
    modules: { http: { prober: 'http', timeout: `${timeoutMs}ms`, http: { preferred_ip_protocol: 'ip4', valid_status_codes: [200] } } },
  });
  const rule = { alert: 'Down', expr: 'probe_success == 0', for: `${intervalMs * (failures - 1)}ms` };
  const rules = write('rules.yml', { groups: [{ name: 'targets', rules: [rule] }] });
  const scraping = scrapeOf(targets, own);
  const settings = write('prometheus.yml', {
    global: {
      scrape_interval: `${intervalMs}ms`,
      scrape_timeout: `${Math.min(timeoutMs + 1000, intervalMs)}ms`,
      evaluation_interval: `${intervalMs / 2}ms`,
    },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
    scrape_configs: [scraping],
  });
  const route = { receiver: 'hook', group_by: ['target'], group_wait: '0s', group_interval: '1s', repeat_interval: '4h' };
  const routes = write('alertmanager.yml', { route, receivers: [{ name: 'hook', webhook_configs: [{ url: hook }] }] });
  const listen = (port: number): string => `--web.listen-address=127.0.0.1:${port}`;
  return [
    { name: 'blackbox', command: blackboxProgram, args: [`--config.file=${modules}`, listen(own)] },
    { name: 'prometheus', command: prometheusProgram, args: [`--config.file=${settings}`, `--storage.tsdb.path=${folder}/tsdb`, listen(prometheus)] },
    {
      name: 'alertmanager',
      command: alertmanagerProgram,
      args: [`--config.file=${routes}`, `--storage.path=${folder}/alerts`, listen(alertmanager), '--cluster.listen-address='],
    },
  ];
}

const scrapeOf = (targets: Watch['targets'], port: number): Readonly<Record<string, unknown>> => ({
  job_name: 'targets',
  metrics_path: '/probe',
  params: { module: ['http'] },
  static_configs: targets.map(({ name, url }) => ({ targets: [url], labels: { target: name } })),
  relabel_configs: [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { target_label: '__address__', replacement: `127.0.0.1:${port}` },
  ],
});
