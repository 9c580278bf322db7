/** The one server that all tools ask: nginx where there is one, else a little server of the bench. It counts who asked how often. */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts, type Running, start } from '../peers/processes';

export type Scheme = 'http' | 'https';

export interface Target {
  /** `nginx`, or what stands in for it. */
  readonly software: string;
  /** The authority of its certificate, as PEM. */
  readonly certificate: string;
  /** Monitors are spread over ports, as they would be over hosts. */
  url(scheme: Scheme, tool: string, monitor: number): string;
  /** All requests so far, by tool; and how many monitors of it have been seen. */
  counts(): ReadonlyMap<string, Count>;
  readonly process: Running;
}

export interface Count {
  readonly requests: number;
  readonly monitors: number;
}

const portsPerScheme = 16;

export async function openTarget(parent: string): Promise<Target> {
  const folder = join(parent, 'target');
  mkdirSync(folder, { recursive: true });
  makeCertificate(folder);
  const ports = await freePorts(2 * portsPerScheme);
  const [plain, secure] = [ports.slice(0, portsPerScheme), ports.slice(portsPerScheme)];
  const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find(existsSync);
  const log = join(folder, 'access.log');
  writeFileSync(log, '');
  const running = nginx === undefined ? startLittle(folder, { plain, secure, log }) : startNginx(folder, nginx, { plain, secure, log });
  await untilOpen(plain[0] ?? 0);
  return {
    software: nginx === undefined ? 'a little server in Node (no nginx found)' : 'nginx',
    certificate: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    url: (scheme, tool, monitor) => `${scheme}://127.0.0.1:${(scheme === 'http' ? plain : secure)[monitor % portsPerScheme]}/${tool}/m${monitor}`,
    counts: counter(log),
    process: running,
  };
}

interface Places {
  readonly plain: readonly number[];
  readonly secure: readonly number[];
  readonly log: string;
}

function makeCertificate(folder: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-days', '30', ...names, ...files], { stdio: 'ignore' });
}

/** One process. No session is resumed by our side, and a peer that resumes saves a handshake: so the server offers none. */
function startNginx(folder: string, program: string, { plain, secure, log }: Places): Running {
  const listen = [...plain.map((port) => `listen 127.0.0.1:${port} backlog=8192;`), ...secure.map((port) => `listen 127.0.0.1:${port} ssl backlog=8192;`)];
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  const text = `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log warn; worker_rlimit_nofile 60000;
events { worker_connections 30000; }
http { log_format probe '$uri'; access_log ${log} probe; ${temporary.join(' ')}
  ssl_session_cache off; ssl_session_tickets off;
  server { ${listen.join(' ')} ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    location / { default_type text/plain; return 200 "ok: the healthy body of a small health endpoint, 64 bytes of it\\n"; } } }`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  return start(folder, { name: 'nginx', command: program, args: ['-p', folder, '-c', join(folder, 'nginx.conf')] });
}

function startLittle(folder: string, places: Places): Running {
  writeFileSync(join(folder, 'places.json'), JSON.stringify({ ...places, folder }));
  const program = fileURLToPath(new URL('little-target.mjs', import.meta.url));
  return start(folder, { name: 'little-target', command: process.execPath, args: [program, join(folder, 'places.json')] });
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/bench/m0`).catch(() => undefined);
    if (answer?.ok === true) return;
    await pause(50);
  }
  throw new Error('the target of the bench did not start: see its log');
}

/** Reads what was added to the log since it was asked last. */
function counter(log: string): () => ReadonlyMap<string, Count> {
  const seen = new Map<string, { requests: number; readonly ids: Set<string> }>();
  let offset = 0;
  let rest = '';
  return () => {
    const file = openSync(log, 'r');
    const added = Buffer.alloc(fstatSync(file).size - offset);
    readSync(file, added, 0, added.length, offset);
    closeSync(file);
    offset += added.length;
    const lines = (rest + added.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, tool = '', monitor = ''] = line.split('/');
      const known = seen.get(tool) ?? { requests: 0, ids: new Set<string>() };
      known.requests += 1;
      known.ids.add(monitor);
      seen.set(tool, known);
    }
    return new Map([...seen].map(([tool, { requests, ids }]) => [tool, { requests, monitors: ids.size }]));
  };
}
