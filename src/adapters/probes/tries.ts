/** How each kind that asks one thing is tried once: in a folder of its own, loaded when the first of that kind is due. */
import type { MembersProbe } from '../../core/config/kinds/members/probe';
import type { CallingProbe } from '../../core/config/kinds/probe';
import type { Attempt } from '../../core/observation';
import type { Means } from './means';

/** One try of a monitor of one kind. */
export type Try<One extends CallingProbe> = (probe: One, timeoutMs: number, means: Means) => Promise<Attempt>;

export type Loaders<Each extends CallingProbe> = { readonly [Key in Each['kind']]: () => Promise<Try<Extract<Each, { readonly kind: Key }>>> };

export const simpleTries: Loaders<Exclude<CallingProbe, MembersProbe>> = {
  http: async () => (await import('./http/http-probe')).probeHttp,
  tcp: async () => (await import('./tcp/tcp-probe')).probeTcp,
  tls: async () => (await import('./tls/tls-probe')).probeTls,
  websocket: async () => (await import('./websocket/websocket-probe')).probeWebsocket,
  dns: async () => (await import('./dns/dns-probe')).probeDns,
  grpc: async () => (await import('./grpc/grpc-probe')).probeGrpc,
  domain: async () => (await import('./domain/domain-probe')).probeDomain,
};
