/** The real prober: each kind of probe in a folder of its own, loaded when the first monitor of that kind is due, and never an exception. */
import type { CallingProbe, Probe } from '../../core/config/kinds/probe';
import { type Attempt, noPhases } from '../../core/observation';
import type { Prober } from '../../engine/ports';
import { ownFailure } from './failure';
import { without } from './hidden-texts';
import { type Means, meansOf, type ProberOptions } from './means';

/** One try of a monitor of one kind. */
type Try<One extends CallingProbe> = (probe: One, timeoutMs: number, means: Means) => Promise<Attempt>;

type Loaders = { readonly [Key in CallingProbe['kind']]: () => Promise<Try<Extract<CallingProbe, { readonly kind: Key }>>> };

/** What a configuration does not use is never loaded. */
const loaders: Loaders = {
  http: async () => (await import('./http/http-probe')).probeHttp,
  tcp: async () => (await import('./tcp/tcp-probe')).probeTcp,
  tls: async () => (await import('./tls/tls-probe')).probeTls,
  websocket: async () => (await import('./websocket/websocket-probe')).probeWebsocket,
  dns: async () => (await import('./dns/dns-probe')).probeDns,
  domain: async () => (await import('./domain/domain-probe')).probeDomain,
};

/** Kept for the life of the process. */
const loaded = new Map<CallingProbe['kind'], Try<CallingProbe>>();

export function createProber(options: ProberOptions): Prober {
  const means = meansOf(options);
  return {
    async attempt({ probe, hidden }, timeoutMs) {
      if (hidden === undefined) return tried(probe, timeoutMs, means);
      const secrets = secretsOf(hidden, probe);
      const attempt = await tried(probe, timeoutMs, { ...means, tell: discreet(means.tell, secrets) });
      return { ...attempt, detail: without(secrets, attempt.detail) };
    },
  };
}

async function tried(probe: Probe, timeoutMs: number, means: Means): Promise<Attempt> {
  try {
    if (probe.kind === 'heartbeat') throw new Error('a heartbeat monitor calls us, and is never probed');
    return await (loaded.get(probe.kind) ?? (await load(probe.kind)))(probe, timeoutMs, means);
  } catch (error) {
    return { ...ownFailure('the probe', error), phases: noPhases };
  }
}

/** What was sent in another form than it was written in is hidden in that form too. */
const secretsOf = (hidden: readonly string[], probe: Probe): readonly string[] => {
  const basic = probe.kind === 'http' ? probe.request?.basic : undefined;
  return basic === undefined ? hidden : [...hidden, Buffer.from(`${basic.user}:${basic.password}`).toString('base64')];
};

function discreet(tell: Means['tell'], hidden: readonly string[]): Means['tell'] {
  if (tell === undefined) return undefined;
  return (finding) =>
    tell({ ...finding, seen: without(hidden, finding.seen), wanted: finding.wanted === undefined ? undefined : without(hidden, finding.wanted) });
}

async function load(kind: CallingProbe['kind']): Promise<Try<CallingProbe>> {
  // Each loader is found by the kind of the probe that is then handed to it.
  const made = (await loaders[kind]()) as Try<CallingProbe>;
  loaded.set(kind, made);
  return made;
}
