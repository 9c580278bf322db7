/** `mail.example.com:25` taken apart; the configuration has made sure that it can be. */
export interface HostPort {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

export function splitHost(text: string, portByDefault: number): HostPort {
  const [, host = text, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? portByDefault : Number(port) };
}
