/** How a monitor is probed: one of the kinds. */
import type { DnsProbe } from './dns/probe';
import type { DomainProbe } from './domain/probe';
import type { GrpcProbe } from './grpc/probe';
import type { HeartbeatProbe } from './heartbeat/probe';
import type { HttpProbe } from './http/probe';
import type { MembersProbe } from './members/probe';
import type { TcpProbe } from './tcp/probe';
import type { TlsProbe } from './tls/probe';
import type { WebsocketProbe } from './websocket/probe';

export type Probe = HttpProbe | TcpProbe | TlsProbe | DnsProbe | WebsocketProbe | DomainProbe | GrpcProbe | MembersProbe | HeartbeatProbe;

/** The kinds by which we call the target. */
export type CallingProbe = Exclude<Probe, HeartbeatProbe>;
