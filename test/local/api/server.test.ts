import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fields } from '../../../local/api/json-body';
import type { Route } from '../../../local/api/route';
import { type ApiServer, openApi } from '../../../local/api/server';
import { ask } from '../asking';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-page-'));
const pageFolder = join(folder, 'page');
const acted: Fields[] = [];
const routes: readonly Route[] = [
  { method: 'GET', path: '/api/status', answer: () => ({ status: 200, body: { now: 'then' } }) },
  {
    method: 'POST',
    path: '/api/regions/:name',
    answer: ({ name, body }) => {
      acted.push(body);
      return { status: 200, body: { name } };
    },
  },
  {
    method: 'GET',
    path: '/api/broken',
    answer: () => {
      throw new Error('the well is dry');
    },
  },
];

let api: ApiServer;

beforeAll(async () => {
  mkdirSync(pageFolder);
  writeFileSync(join(pageFolder, 'index.html'), '<title>twinwatch</title>');
  writeFileSync(join(pageFolder, 'page.js'), 'export {};');
  writeFileSync(join(pageFolder, 'notes.txt'), 'not of the page');
  writeFileSync(join(folder, 'secret.html'), 'outside');
  const opened = await openApi({ port: 0, pageFolder });
  if (opened === 'in-use') throw new Error('no port');
  api = opened;
});
beforeEach(() => {
  acted.length = 0;
  api.serve(routes);
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const post = (headers: Record<string, string>, body = '{"state":"dark"}') =>
  ask({ port: api.port, path: '/api/regions/eu-west-1', method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('a web page elsewhere', () => {
  it.each([['evil.example'], ['evil.example:4300'], ['127.0.0.1'], ['127.0.0.1:1'], ['127.0.0.1.evil.example:4300']])(
    'cannot read through the Host "%s"',
    async (host) => {
      const answer = await ask({ port: api.port, path: '/api/status', headers: { host } });
      expect(answer.status).toBe(403);
    },
  );

  it('cannot load the page under a foreign Host either', async () => {
    expect((await ask({ port: api.port, path: '/', headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it.each(['http://evil.example', 'null', 'https://localhost', 'http://127.0.0.1:1', 'http://localhost.evil.example'])(
    'cannot press a button from the Origin %s',
    async (origin) => {
      const answer = await post({ origin });
      expect(answer.status).toBe(403);
      expect(acted).toEqual([]);
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])('cannot post as a form does, with the type "%s"', async (type) => {
    expect((await post({ 'content-type': type })).status).toBe(415);
    expect(acted).toEqual([]);
  });

  it('gets no leave to read or to frame', async () => {
    const { headers } = await ask({ port: api.port, path: '/api/status', headers: { origin: 'http://evil.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await ask({ port: api.port, path: '/api/status', method: 'OPTIONS', headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });
});

describe('the page of this server', () => {
  it.each(['127.0.0.1', 'localhost'])('may press a button as %s', async (name) => {
    const host = `${name}:${api.port}`;
    const answer = await post({ host, origin: `http://${host}` });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ name: 'eu-west-1' });
    expect(acted).toEqual([{ state: 'dark' }]);
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
  ])('is served at %s as %s, never from a cache', async (path, type) => {
    const { status, headers } = await ask({ port: api.port, path });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'/);
  });

  it.each(['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/notes.txt', '/page', '/nothing.js', '//page.js'])(
    'has nothing at %s',
    async (path) => {
      const answer = await ask({ port: api.port, path });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('outside');
    },
  );
});

describe('a program that errs', () => {
  it('is told in JSON that there is no such path', async () => {
    const answer = await ask({ port: api.port, path: '/api/nothing' });
    expect(answer.status).toBe(404);
    expect(answer.json().error).toContain('/api/status');
  });

  it('is told which method to use', async () => {
    const answer = await ask({ port: api.port, path: '/api/status', method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET');
  });

  it.each(['{', '[]', '"dark"', 'null', ''])('is refused the body %j', async (body) => {
    expect((await post({}, body)).status).toBe(400);
  });

  it('is refused a body of more than 64 KB', async () => {
    expect((await post({}, JSON.stringify({ state: 'x'.repeat(64 * 1024) }))).status).toBe(413);
    expect(acted).toEqual([]);
  });

  it('is told what broke on our side', async () => {
    const answer = await ask({ port: api.port, path: '/api/broken' });
    expect(answer.status).toBe(500);
    expect(answer.json()).toEqual({ error: 'the well is dry' });
  });

  it('is asked to wait while the system is starting', async () => {
    const opened = await openApi({ port: 0, pageFolder });
    if (opened === 'in-use') throw new Error('no port');
    expect((await ask({ port: opened.port, path: '/api/status' })).status).toBe(503);
    expect((await ask({ port: opened.port, path: '/' })).status).toBe(200);
    await opened.close();
  });
});

it('a port that is taken is said to be in use', async () => {
  expect(await openApi({ port: api.port, pageFolder })).toBe('in-use');
});
