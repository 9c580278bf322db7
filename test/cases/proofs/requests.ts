// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** What is asked, of whom, and over what: redirects, cookies, authorization, headers, TLS, phases, targets. */
import type { RequestListener } from 'node:http';
import { answering, fixture } from '../../adapters/servers';
import { asked, bad, body, good, type Proofs, refused, servers, status } from '../proof';

const redirecting: RequestListener = ({ url }, response) => (url === '/' ? response.writeHead(302, { location: '/end' }).end() : response.end());
const endless: RequestListener = ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end();
const cookied: RequestListener = ({ headers }, response) =>
  headers.cookie === undefined ? response.writeHead(302, { location: '/', 'set-cookie': 'seen=yes' }).end() : response.end(headers.cookie);
const guarded: RequestListener = ({ headers }, response) =>
  response.writeHead(headers.authorization === `Basic ${btoa('username:password')}` ? 200 : 401).end();
const picky: RequestListener = ({ headers }, response) => {
  const { host, 'user-agent': agent, 'accept-language': language } = headers;
  response.writeHead([host, agent, language].join() === 'my-secret-vhost.com,someone,en-US' ? 200 : 400).end();
};

const tlsServer = (certificate: string, host = '127.0.0.1') => ({
  url: async () => `https://${host}:${await servers.tls(certificate, answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes'))}/`,
});
const closing = { url: async () => `http://127.0.0.1:${await servers.tcp((socket) => socket.destroy())}/` };

export const requests: Proofs = {
  P028: good(redirecting, { redirects: 1, expect: { url: { matches: '/end$' } } }),
  P030: bad(['redirect', /^redirected again after 10 redirects, to http:.*\/x{11}$/], endless, { redirects: 10 }),
  P032: good(cookied, { redirects: 1, expect: { body: { equals: 'seen=yes' } } }),
  P034: good(guarded, { basic: { user: 'username', password: '${env:PASSWORD}' } }, { environment: { PASSWORD: 'password' } }),
  P036: good(picky, { headers: { Host: 'my-secret-vhost.com', 'User-Agent': 'someone', 'Accept-Language': 'en-US' } }),
  P038: bad(['closed-early', /^the connection was (closed|reset)/], closing, { expect: { tls: true } }),
  async P070() {
    const attempt = await asked(tlsServer('self-signed.pem'));
    expect(attempt).toMatchObject({ reason: 'tls-untrusted', detail: expect.stringContaining('signed by itself') });
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
  },
  P072: good(status(200), { tls: { insecure: true } }),
  async P074() {
    const lookup = () => new Promise<{ address: string; family: number }[]>((resolve) => setTimeout(() => resolve([{ address: '127.0.0.1', family: 4 }]), 5));
    const { reason, phases } = await asked(tlsServer('good.pem', 'shop.test'), {}, { lookup, trusted: fixture('authority.pem') });
    expect(reason).toBe('ok');
    expect(Object.keys(phases)).toEqual(['dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'transferMs']);
    expect(phases.dnsMs).toBeGreaterThan(3);
    expect(phases.tlsMs).toBeGreaterThan(0);
  },
  P076: good(body('x')),
  P078: good({ url: async () => (await tlsServer('self-signed.pem').url()).replace('https', 'HtTpS') }, { tls: { insecure: true } }),
  P080: refused('http: "invalid://shop.example.com"', 'is not an http or https address'),
};
