/** Something to watch on a laptop: little services, neutral anchors and a receiver, all inside this process. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretFile } from '../src/adapters/secrets/secret-file';
import { demoConfig, demoProbers, demoSecret } from './demo/demo-config';
import { type Inbox, openInbox } from './demo/inbox';
import { type LittleServer, openLittleServer } from './demo/little-server';

export interface Demo {
  readonly services: readonly LittleServer[];
  readonly inbox: Inbox;
  readonly configText: string;
  /** Where the text of the configuration can be read. */
  readonly configFile: string;
  /** What its references to secrets stand for. */
  readonly secretsFile: string;
  close(): Promise<void>;
}

const serviceNames = ['payments', 'search', 'shop'];
const anchorNames = ['anchor-one', 'anchor-two'];

/** Ports are kept with the data, so that a monitor is the same one after a restart. */
export async function openDemo(dataFolder: string): Promise<Demo> {
  const portsFile = join(dataFolder, 'demo-ports.json');
  const ports = readPorts(portsFile);
  const open = (name: string): Promise<LittleServer> => openLittleServer({ name, port: ports[name] ?? 0, probers: demoProbers });
  const services = await Promise.all(serviceNames.map(open));
  const anchors = await Promise.all(anchorNames.map(open));
  const secretsFile = join(dataFolder, 'demo-secrets.yaml');
  const inbox = await openInbox(ports.inbox ?? 0, keptSecret(secretsFile));
  writeFileSync(portsFile, JSON.stringify({ inbox: inbox.port, ...Object.fromEntries([...services, ...anchors].map(({ name, port }) => [name, port])) }));
  const configFile = join(dataFolder, 'twinwatch.yaml');
  const configText = demoConfig({ services, anchors, inboxUrl: inbox.url, signedUrl: inbox.signedUrl });
  writeFileSync(configFile, configText);
  return {
    services,
    inbox,
    configText,
    configFile,
    secretsFile,
    close: async () => {
      await Promise.all([...services, ...anchors, inbox].map((place) => place.close()));
    },
  };
}

/** Kept with the data: what was signed before a restart is believed after it. */
function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `${demoSecret}: whsec_${randomBytes(24).toString('base64')}\n`, { mode: 0o600 });
  return readSecretFile(file).get(demoSecret) ?? '';
}

function readPorts(file: string): Readonly<Record<string, number>> {
  try {
    const ports: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const entries = Object.entries(typeof ports === 'object' && ports !== null ? ports : {});
    return Object.fromEntries(entries.filter(([, port]) => Number.isInteger(port) && port > 0 && port < 65_536));
  } catch {
    return {};
  }
}
