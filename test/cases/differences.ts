/** Facts that ours does not share, on purpose, and those that tests of another kind show. */
import { gzipSync } from 'node:zlib';
import { configOf, textWithMonitor } from '../core/config/config-text';
import { bad, body, good, type Proof, refused, refusedHttp } from './proof';
import { inARow, notAtEachSample } from './proofs/alerts';
import { oneOfTwo } from './proofs/judgement';
import { probedAndPaused } from './proofs/maintenance';

export interface Difference {
  readonly ids: readonly string[];
  readonly kind: 'on purpose' | 'shown elsewhere';
  readonly why: string;
  /** What ours does instead. */
  readonly ours?: Proof;
}

const onPurpose: readonly Difference[] = [
  {
    ids: ['P022'],
    kind: 'on purpose',
    why: '`compression` says in one word what is asked for and what the answer must be; a header beside it could only contradict it, and is refused',
    async ours() {
      await good(body(gzipSync('x'), { 'content-encoding': 'gzip' }), { compression: 'gzip', expect: { body: { equals: 'x' } } })();
      await refusedHttp('headers: { Accept-Encoding: "*" }', 'the header accept-encoding is our own matter')();
    },
  },
  {
    ids: ['P136'],
    kind: 'on purpose',
    why: 'there is no probe without a timeout: two minutes is longer than the round that it is part of',
    ours() {
      expect(configOf(textWithMonitor('{ http: https://shop.example.com/, interval: 1m }')).monitors[0]?.timeoutMs).toBe(10_000);
    },
  },
  {
    ids: ['P138'],
    kind: 'on purpose',
    why: 'no memory of the last runs overflows: every observation is kept for 35 days, what they say of each hour for three years, and what was wrong stands in its incident',
  },
  {
    ids: ['P156'],
    kind: 'on purpose',
    why: 'no answer is too quick: `expect.within` is the longest that it may take, and there is no shortest',
    ours: refusedHttp('expect: { within: 1s, after: 500ms }', 'unknown key `after`'),
  },
  {
    ids: ['P308'],
    kind: 'on purpose',
    why: 'what one of two places sees may be that place: it is told after three more rounds, as partial, and pages nobody unless `page: any` is written',
    ours: oneOfTwo,
  },
];

const furtherOnPurpose: readonly Difference[] = [
  {
    ids: ['B26'],
    kind: 'on purpose',
    why: 'whether TLS is spoken must be read in the file, not known by heart',
    ours: refused('http: shop.example.com', 'is no address; write https://shop.example.com'),
  },
  {
    ids: ['B27'],
    kind: 'on purpose',
    why: 'HTTP/3 is not spoken: Node has no QUIC that is stable; every server of HTTP/3 also answers over TCP',
    ours: refusedHttp('expect: { version: "3" }', '"3" is no version that can be asked for'),
  },
  {
    ids: ['G11', 'G12'],
    kind: 'on purpose',
    why: 'nothing becomes something else to be judged: a text is no number, and a number has no length',
    async ours() {
      const text = body('{"data":"0xF","age":18}');
      await bad(['body', '$.data is "0xF", wanted 15'], text, { expect: { body: { json: '$.data', equals: 15 } } })();
      await bad(['body', '$.age is 18, which has no length'], text, { expect: { body: { json: '$.age', length: 2 } } })();
    },
  },
  {
    ids: ['K07'],
    kind: 'on purpose',
    why: 'a comparison of numbers is written with a number: a text there is a slip',
    ours: refusedHttp('expect: { body: { json: $.value, below: "2" } }', '"2" is no number'),
  },
];

/** The file has the test, in the words of that kind. */
const shownIn = (file: string, ids: readonly string[]): Difference => ({ ids, kind: 'shown elsewhere', why: file });

const ofAlerts: readonly Difference[] = [
  {
    ids: ['P240', 'P316', 'P318'],
    kind: 'on purpose',
    why: 'down is what fails in a row, or in several places at once; what fails so many of so many times is told as what it is: flaky, a ticket',
    ours: inARow,
  },
  {
    ids: ['P242'],
    kind: 'on purpose',
    why: 'nobody is told at each sample that fails: a page is said again after half an hour, an hour, and every four hours, until somebody takes it',
    ours: notAtEachSample,
  },
  {
    ids: ['P262', 'P264'],
    kind: 'on purpose',
    why: 'probing goes on in a pause, and its results count as paused: what is still wrong afterwards is known, and told, at once',
    ours: probedAndPaused,
  },
];

const elsewhere: readonly Difference[] = [
  shownIn('test/adapters/tcp-probe.test.ts', ['P082', 'P088', 'P090', 'P092', 'P094', 'P200']),
  shownIn('test/adapters/tls-kind.test.ts', ['P084', 'P086', 'P198']),
  shownIn('test/cases/dns.test.ts', 'P096 P100 P102 P104 P106 P108 P110 P112 P114 P116 P118 P298 P300 P302'.split(' ')),
  shownIn('test/cases/dns.test.ts', ['P122', 'P124']),
  shownIn('test/adapters/websocket-probe.test.ts', ['P098', 'P202', 'P204']),
  shownIn('test/adapters/grpc-probe.test.ts', ['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10']),
  shownIn('test/cases/heartbeat.test.ts', 'P266 P268 P270 P272 P274 P276 P278 P282 P284 P286 P288 P290'.split(' ')),
];

export const differences: readonly Difference[] = [...onPurpose, ...furtherOnPurpose, ...ofAlerts, ...elsewhere];
