/** The body of a request: a small JSON object, or a refusal. */
import type { IncomingMessage } from 'node:http';
import { type Answer, refused } from './answer';

export type Fields = Readonly<Record<string, unknown>>;
export type ReadBody = { readonly kind: 'fields'; readonly fields: Fields } | { readonly kind: 'refused'; readonly answer: Answer };

const bytesMax = 64 * 1024;

/** A body that says it is JSON cannot come from a web page elsewhere without asking first. */
export async function readJsonBody(request: IncomingMessage): Promise<ReadBody> {
  const [contentType] = (request.headers['content-type'] ?? '').split(';');
  if (contentType?.trim().toLowerCase() !== 'application/json') return refusal(415, 'send JSON, with the header content-type: application/json');
  const text = await readText(request);
  if (text === undefined) return refusal(413, `the body has more than ${bytesMax} bytes`);
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refusal(400, 'the body must be one JSON object');
  return { kind: 'fields', fields: value as Fields };
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refusal = (status: number, sentence: string): ReadBody => ({ kind: 'refused', answer: refused(status, sentence) });
