/** Which RDAP server belongs to the registry of a domain. */
import { type Failure, isFailure } from '../failure';
import type { Trying } from '../trying';
import { getJson } from './get-json';

/** Servers by the ending that they are responsible for. */
type Servers = ReadonlyMap<string, string>;

const keptMs = 86_400_000;
const kept = new Map<string, { readonly until: number; readonly servers: Servers }>();

/** Base URL. The bootstrap file changes rarely, so it is read once a day. */
export async function serverFor(name: string, bootstrap: string, trying: Trying): Promise<string | Failure> {
  const servers = await serversIn(bootstrap, trying);
  if ('reason' in servers) return servers;
  const labels = name.toLowerCase().split('.');
  for (let first = 1; first < labels.length; first += 1) {
    const server = servers.get(labels.slice(first).join('.'));
    if (server !== undefined) return server;
  }
  return { reason: 'domain-unknown', detail: `the registry of .${labels.at(-1)} has no RDAP server, so nobody tells when ${name} ends` };
}

async function serversIn(bootstrap: string, trying: Trying): Promise<Servers | Failure> {
  const known = kept.get(bootstrap);
  if (known !== undefined && known.until > performance.now()) return known.servers;
  const document = await getJson(bootstrap, trying);
  if (isFailure(document)) return { ...document, detail: `the list of registries: ${document.detail}` };
  const servers = parsed(document.value);
  if (servers.size === 0)
    return { reason: 'domain-unknown', detail: `the list of registries cannot be read: status ${document.status} from ${new URL(bootstrap).host}` };
  kept.set(bootstrap, { until: performance.now() + keptMs, servers });
  return servers;
}

/** `services` of RFC 9224: pairs of endings and base URLs, of which https is better. What is malformed is left out. */
function parsed(value: unknown): Servers {
  const services: unknown = typeof value === 'object' && value !== null && 'services' in value ? value.services : [];
  const servers = new Map<string, string>();
  for (const service of listOf(services)) {
    const [endings, urls] = listOf(service);
    const usable = texts(urls).filter((url) => /^https?:\/\//.test(url) && URL.canParse(url));
    const best = usable.find((url) => url.startsWith('https:')) ?? usable[0];
    if (best !== undefined) for (const ending of texts(endings)) servers.set(ending.toLowerCase(), best);
  }
  return servers;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => listOf(value).filter((text) => typeof text === 'string');
