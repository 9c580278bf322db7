/** What the API answers, and how it is written. */
import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface FileAnswer {
  readonly contentType: string;
  readonly content: Buffer;
}

/** A refusal is one sentence that says what to do. */
export const refused = (status: number, error: string): Answer => ({ status, body: { error } });

/** Nobody may frame the page either: a page elsewhere could make its visitor press our buttons unseen. */
const guardingHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function writeAnswer(response: ServerResponse, { status, body }: Answer, more: Readonly<Record<string, string>> = {}): void {
  const content = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, { ...guardingHeaders, ...more, 'content-type': 'application/json', 'content-length': content.length });
  response.end(content);
}

export function writeFile(response: ServerResponse, { contentType, content }: FileAnswer): void {
  response.writeHead(200, { ...guardingHeaders, 'content-type': contentType, 'content-length': content.length });
  response.end(content);
}

/** What is drawn for a place that runs no script and fetches nothing is given no right to either. */
export function writeDrawn(response: ServerResponse, html: string): void {
  const content = Buffer.from(html);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  response.writeHead(200, {
    ...guardingHeaders,
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    'content-length': content.length,
  });
  response.end(content);
}

/** Lines of JSON, as they come. */
export function openLines(response: ServerResponse): void {
  response.writeHead(200, { ...guardingHeaders, 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
}
