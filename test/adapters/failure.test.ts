/** Reasons for errors that no server on one machine can cause at will. */
import { startCourse } from '../../src/adapters/probes/course';
import { connectFailure, exchangeFailure, type Failure, handshakeFailure } from '../../src/adapters/probes/failure';
import type { Reason } from '../../src/core/observation';

const withCode = (code: string): Error => Object.assign(new Error(`it said ${code}`), { code });
const at = '192.0.2.1:443';

describe('an error', () => {
  it.each<[string, (error: unknown) => Failure, string, Reason, string]>([
    [
      'while connecting',
      (error) => connectFailure(at, error),
      'EHOSTUNREACH',
      'connect-unreachable',
      `connecting to ${at}: the host cannot be reached (EHOSTUNREACH)`,
    ],
    [
      'while connecting',
      (error) => connectFailure(at, error),
      'ENETUNREACH',
      'connect-unreachable',
      `connecting to ${at}: its network cannot be reached (ENETUNREACH)`,
    ],
    ['while connecting', (error) => connectFailure(at, error), 'ECONNRESET', 'connect-reset', `connecting to ${at}: the connection was reset (ECONNRESET)`],
    [
      'while connecting',
      (error) => connectFailure(at, error),
      'ETIMEDOUT',
      'connect-timeout',
      `connecting to ${at}: the system gave up connecting (ETIMEDOUT)`,
    ],
    [
      'while connecting',
      (error) => connectFailure(at, error),
      'EMFILE',
      'prober-error',
      `the prober itself failed at connecting to ${at}: it said EMFILE (EMFILE)`,
    ],
    [
      'while connecting',
      (error) => connectFailure(at, error),
      'EADDRNOTAVAIL',
      'prober-error',
      `the prober itself failed at connecting to ${at}: it said EADDRNOTAVAIL (EADDRNOTAVAIL)`,
    ],
    [
      'in the handshake',
      (error) => handshakeFailure(at, error),
      'ENOBUFS',
      'prober-error',
      `the prober itself failed at the TLS handshake with ${at}: it said ENOBUFS (ENOBUFS)`,
    ],
    ['in the handshake', (error) => handshakeFailure(at, error), 'EPROTO', 'tls-error', `TLS handshake with ${at}: it said EPROTO (EPROTO)`],
    [
      'in the handshake, in the words of OpenSSL 3.5',
      (error) => handshakeFailure(at, error),
      'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      'tls-error',
      `TLS handshake with ${at}: the server shares no way of TLS with us, or wants a certificate of ours (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE)`,
    ],
    [
      'in the exchange, in the words of OpenSSL 3.5',
      (error) => exchangeFailure(error, false),
      'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
      'tls-client',
      'the server does not take our certificate, or the lack of one: it said ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE (ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE)',
    ],
    [
      'in the exchange',
      (error) => exchangeFailure(error, false),
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'tls-client',
      'the server does not take our certificate, or the lack of one: it said ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)',
    ],
    [
      'in the exchange',
      (error) => exchangeFailure(error, true),
      'ETIMEDOUT',
      'closed-early',
      'the connection was lost before the response was complete (ETIMEDOUT)',
    ],
    ['in the exchange', (error) => exchangeFailure(error, true), 'ENOMEM', 'prober-error', 'the prober itself failed at the exchange: it said ENOMEM (ENOMEM)'],
  ])('%s', (_case, failure, code, reason, detail) => {
    expect(failure(withCode(code))).toEqual({ reason, detail });
  });
});

describe('the time of a probe', () => {
  it.each([
    ['dns', 'dns-timeout'],
    ['connect', 'connect-timeout'],
    ['tls', 'tls-timeout'],
    ['first-byte', 'first-byte-timeout'],
    ['transfer', 'transfer-timeout'],
  ] as const)('that ends in the phase %s is %s', async (phase, reason) => {
    const course = startCourse(10);
    course.enter(phase);
    expect(await new Promise((tell) => course.whenCut(tell))).toMatchObject({ reason });
    course.end();
  });

  it('lets go of what is held at its end, the last one first, and of what comes later at once', () => {
    const course = startCourse(1000);
    const gone: string[] = [];
    const thing = (name: string) => ({ destroy: () => gone.push(name) });
    course.hold(thing('socket'));
    course.hold(thing('session'));
    course.end();
    course.hold(thing('late'));
    expect(gone).toEqual(['session', 'socket', 'late']);
  });
});
