// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor, warningsOf } from '../config-text';

const monitorFrom = (grpc: string, environment = {}) => configOf(textWithMonitor(`{ grpc: ${grpc} }`), environment).monitors[0]!;
const said = (grpc: string) => mistakesOf(textWithMonitor(`{ grpc: ${grpc} }`)).map((line) => line.replace('monitors.shop.', ''));

describe('a grpc monitor', () => {
  it('may be a host alone', () => {
    expect(monitorFrom('api.example.com').probe).toEqual({ kind: 'grpc', host: 'api.example.com', service: '', expect: {} });
    expect(monitorFrom('api.example.com:50051').target).toBe('api.example.com:50051');
  });

  it('may say what it wants', () => {
    const monitor = monitorFrom(
      '{ host: "api.example.com:50051", service: shop.v1.Orders, tls: { serverName: shop.example.com }, metadata: { X-Version: "2" }, expect: { within: 1s } }',
    );
    expect(monitor.probe).toEqual({
      kind: 'grpc',
      host: 'api.example.com:50051',
      service: 'shop.v1.Orders',
      tls: { serverName: 'shop.example.com' },
      metadata: { 'x-version': '2' },
      expect: { withinMs: 1000 },
    });
    expect(monitor.target).toBe('api.example.com:50051 shop.v1.Orders');
    expect(monitorFrom('{ host: api.example.com, plaintext: true }').probe).toMatchObject({ isPlain: true });
  });

  it('keeps what references stand for out of its hash', () => {
    const text = '{ host: api.example.com, metadata: { authorization: "${env:TOKEN}" } }';
    const monitor = monitorFrom(text, { TOKEN: 'Bearer not-for-your-eyes' });
    expect(monitor.hash).toBe(monitorFrom(text, { TOKEN: 'Bearer another-of-those' }).hash);
    expect(monitor.hidden).toEqual(['Bearer not-for-your-eyes']);
  });

  it('is warned of where any certificate will do', () => {
    expect(warningsOf(textWithMonitor('{ grpc: { host: api.example.com, tls: { insecure: true } } }'))).toEqual([
      expect.stringMatching(/^monitors\.shop\.grpc\.tls\.insecure: any certificate will do/),
    ]);
  });
});

it.each([
  ['443', 'grpc: 443 is neither a host nor a map; write a host such as api.example.com:443, or a map with `host`'],
  ['https://api.example.com', 'grpc: "https://api.example.com" is no host but more than that; write a host such as api.example.com:443'],
  ['localhost:50051', 'grpc: "localhost:50051" is this very machine; write a public address, or allow it with `network: { allowPrivate: true }`'],
  [
    '{ host: a.example.com, service: "two words" }',
    'grpc.service: "two words" is no name of a service; write a name such as shop.v1.Orders, or leave it out for the server as a whole',
  ],
  [
    '{ host: a.example.com, metadata: { grpc-timeout: 1S } }',
    'grpc.metadata: {"grpc-timeout":"1S"} holds a name that cannot stand here; write names such as x-api-version; `grpc-` belongs to gRPC',
  ],
  [
    '{ host: a.example.com, metadata: { x-trace-bin: "not base64!" } }',
    'grpc.metadata: {"x-trace-bin":"not base64!"} holds bytes that are not in base64; write what stands under a name that ends with `-bin` in base64, such as dGVzdA==',
  ],
  ['{ host: a.example.com, metadata: { x-trace: 7 } }', 'grpc.metadata.x-trace: 7 is no value that can be sent; write text, or a list of texts'],
  [
    '{ host: a.example.com, metadata: { authorization: Bearer x } }',
    'grpc.metadata.authorization: a secret stands in the file; write a reference, such as "${secret:shop/token}"',
  ],
  ['{ host: a.example.com, plaintext: true, tls: {} }', 'grpc.tls: no TLS is spoken where `plaintext` is true; keep one of the two'],
  [
    '{ host: a.example.com, tls: { certificate: "-----BEGIN CERTIFICATE-----" } }',
    'grpc.tls.certificate: a certificate without its key proves nothing; add `key:` by reference',
  ],
  [
    '{ host: a.example.com, expect: { within: 30s } }',
    'grpc.expect.within: 30s is longer than the timeout of 10s, so it can never be missed; write 10s or less',
  ],
])('a mistake in a grpc monitor: %s', (grpc, words) => {
  expect(said(grpc)).toEqual([words]);
});
