/** What a gRPC server said of its health. */
import { constants, type IncomingHttpHeaders } from 'node:http2';
import type { Failure } from '../failure';
import type { Finding } from '../means';
import { printable } from '../printable';
import { healthIn } from './health-message';

export interface GrpcAnswer {
  readonly head: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  readonly isTooLarge: boolean;
}

const codeNames = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED'],
  ...['FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
] as const;

/** The first thing that is wrong. A proxy on the way may answer in plain HTTP. */
export function judgeHealth(answer: GrpcAnswer, service: string): Failure | undefined {
  const { head, isTooLarge } = answer;
  const type = String(head['content-type'] ?? '');
  const code = codeOf(answer);
  const status = Number(head[constants.HTTP2_HEADER_STATUS]);
  if (code === undefined && status !== 200) return { reason: 'status', detail: `status ${status}, wanted 200: what answered does not speak gRPC` };
  if (!/^application\/grpc\b/i.test(type))
    return { reason: 'protocol', detail: `the answer is not gRPC: it has ${type === '' ? 'no content-type' : `the content-type ${printable(type)}`}` };
  if (isTooLarge) return { reason: 'too-large', detail: 'the answer is larger than any health can be' };
  if (code === undefined) return { reason: 'protocol', detail: 'the answer ended without grpc-status' };
  if (code !== 0) return { reason: 'grpc-status', detail: `${codeWords(code, service)}${messageWords(answer)}` };
  const health = healthIn(answer.body);
  if (health === undefined) return { reason: 'protocol', detail: 'the answer is no message of the health checking protocol' };
  return health === 'SERVING' ? undefined : { reason: 'grpc-status', detail: `${ofWhom(service)} is ${health}, wanted SERVING` };
}

const ofWhom = (service: string): string => (service === '' ? 'the server' : `the service ${printable(service)}`);

/** Where there is nothing but trailers they are the head. */
function codeOf({ head, trailers }: GrpcAnswer): number | undefined {
  const code = trailers['grpc-status'] ?? head['grpc-status'];
  return typeof code === 'string' && /^\d{1,3}$/.test(code) ? Number(code) : undefined;
}

function codeWords(code: number, service: string): string {
  const name = `${codeNames[code] ?? 'a code that does not exist'} (${code})`;
  if (code === 12) return `${name}, as by a server without health checking (grpc.health.v1.Health)`;
  return code === 5 ? `${name}: the server does not know ${service === '' ? 'its own health' : ofWhom(service)}` : `${name}, wanted OK`;
}

function messageWords({ head, trailers }: GrpcAnswer): string {
  const said = trailers['grpc-message'] ?? head['grpc-message'];
  return typeof said !== 'string' || said === '' ? '' : `: ${printable(decoded(said))}`;
}

/** Percent signs stand for bytes, and may stand for nothing. */
function decoded(said: string): string {
  try {
    return decodeURIComponent(said);
  } catch {
    return said;
  }
}

/** For whoever wants to know everything that was looked at. */
export function findingsOf(answer: GrpcAnswer): readonly Finding[] {
  const code = codeOf(answer);
  const health = healthIn(answer.body);
  return [
    { what: 'gRPC status', seen: code === undefined ? 'none' : `${codeNames[code] ?? '?'} (${code})`, wanted: 'OK (0)', isGood: code === 0 },
    ...(health === undefined ? [] : [{ what: 'health', seen: health, wanted: 'SERVING', isGood: health === 'SERVING' }]),
  ];
}
