/** From a host and a port to a connection: one address of one family, under the rules of where a probe may lead. */
import type { Socket } from 'node:net';
import { connectTcp } from './connection';
import { type Failure, isFailure } from './failure';
import { resolveAddress } from './resolve';
import type { Trying } from './trying';

export interface Reached {
  readonly socket: Socket;
  /** The address as text, with its port: for messages. */
  readonly at: string;
}

/** `host` without the brackets of an IPv6 address. Leaves the course in the phase `connect`. */
export async function reach(host: string, port: number, { course, means, seen }: Trying): Promise<Reached | Failure> {
  const address = await resolveAddress(host, means);
  if (isFailure(address)) return address;
  const at = address.family === 6 ? `[${address.address}]:${port}` : `${address.address}:${port}`;
  seen.address = at;
  const socket = await connectTcp(address, port, { course, at });
  return isFailure(socket) ? socket : { socket, at };
}
