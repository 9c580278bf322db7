/** The two messages of `grpc.health.v1.Health/Check`, as they go over the wire: one field each, in a frame of gRPC. */

/** `message HealthCheckRequest { string service = 1; }` */
export function healthRequest(service: string): Uint8Array {
  const name = Buffer.from(service);
  const message = name.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.of(0x0a), varint(name.length), name]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

/** Such as `SERVING`; `undefined` for what is no such message. */
export function healthIn(body: Uint8Array): string | undefined {
  const bytes = Buffer.from(body);
  if (bytes.length < 5 || bytes[0] !== 0 || bytes.readUInt32BE(1) !== bytes.length - 5) return undefined;
  const status = statusIn(bytes.subarray(5));
  return status === undefined ? undefined : (statusNames[status] ?? `status ${status}`);
}

const statusNames: Readonly<Record<number, string>> = { 0: 'UNKNOWN', 1: 'SERVING', 2: 'NOT_SERVING', 3: 'SERVICE_UNKNOWN' };

/** `message HealthCheckResponse { ServingStatus status = 1; }`: the last one counts, none is 0, and other fields are passed over. */
function statusIn(message: Buffer): number | undefined {
  let status = 0;
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    if (tag === undefined) return undefined;
    const field = readField(message, tag.next, tag.value % 8);
    if (field === undefined) return undefined;
    if (tag.value === 8) status = field.value;
    at = field.next;
  }
  return status;
}

interface Read {
  readonly value: number;
  readonly next: number;
}

const fixedBytes: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function readField(message: Buffer, at: number, wireType: number): Read | undefined {
  if (wireType === 0) return readVarint(message, at);
  const length = wireType === 2 ? readVarint(message, at) : undefined;
  const next = length === undefined ? at + (fixedBytes[wireType] ?? Number.NaN) : length.next + length.value;
  return next <= message.length ? { value: 0, next } : undefined;
}

function readVarint(message: Buffer, from: number): Read | undefined {
  let value = 0;
  for (let at = from; at < message.length && at < from + 10; at += 1) {
    const byte = message[at] ?? 0;
    value += (byte % 128) * 128 ** (at - from);
    if (byte < 128) return { value, next: at + 1 };
  }
  return undefined;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) | 128);
    if (rest < 128) return Uint8Array.from(bytes);
  }
}
