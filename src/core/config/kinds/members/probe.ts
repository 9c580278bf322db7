/** How a members monitor is probed, as the prober reads it: one service, asked by its name and at each of its addresses. */
import type { DnsProbe } from '../dns/probe';
import type { GrpcProbe } from '../grpc/probe';
import type { HttpProbe } from '../http/probe';
import type { TcpProbe } from '../tcp/probe';
import type { TlsProbe } from '../tls/probe';
import type { WebsocketProbe } from '../websocket/probe';

/** What can be asked at one address as well as at another. */
export type MemberProbe = HttpProbe | TcpProbe | TlsProbe | DnsProbe | WebsocketProbe | GrpcProbe;

export interface MembersProbe {
  readonly kind: 'members';
  /** What is asked of the name, and of each address in its place. */
  readonly of: MemberProbe;
  readonly members: WrittenMembers | ResolvedMembers;
  /** How many must be well; all of them where it is absent. */
  readonly atLeast?: number | undefined;
}

/** IP addresses, without brackets. */
export interface WrittenMembers {
  readonly at: readonly string[];
}

/** The addresses that a name has when it is asked for. */
export interface ResolvedMembers {
  readonly resolve: string;
}

/** More would not be done in one probe. */
export const mostMembers = 50;
