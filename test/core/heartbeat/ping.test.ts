import fc from 'fast-check';
import { instant, slotAt } from '../../../src/core/basics/brand';
import { firstLine, type Ping, readPing } from '../../../src/core/heartbeat/ping';
import { decodePings, encodePings, remember } from '../../../src/core/heartbeat/pings';
import { at, west } from '../builders';
import { ping } from './pings-builder';

const token = 'f00dfeedf00dfeedf00d';
const rid = '0E6ba1f2-aaaa-4bbb-8ccc-0123456789ab';

describe('a ping URL', () => {
  it.each<[string, object]>([
    [`/${token}`, { asked: 'success' }],
    [`/ping/${token}`, { asked: 'success' }],
    [`/ping/${token}/`, { asked: 'success' }],
    [`/ping/${token}/start`, { asked: 'start' }],
    [`/ping/${token}/fail`, { asked: 'failure' }],
    [`/ping/${token}/log`, { asked: 'log' }],
    [`/ping/${token}/0`, { asked: 'success', exitCode: 0 }],
    [`/ping/${token}/1`, { asked: 'failure', exitCode: 1 }],
    [`/ping/${token}/255`, { asked: 'failure', exitCode: 255 }],
    [`/ping/${token}/canary`, { asked: 'canary' }],
  ])('%s is read', (path, wanted) => {
    for (const method of ['HEAD', 'GET', 'POST']) expect(readPing({ method, path })).toMatchObject({ kind: 'ping', token, ...wanted });
  });

  it.each<[string, string, number]>([
    ['GET', '/', 404],
    ['GET', '/ping/', 404],
    ['GET', `/ping/${token}/stop`, 404],
    ['GET', `/ping/${token}/start/now`, 404],
    ['GET', `/ping/${token}/-1`, 404],
    ['GET', `/ping/${token}/constructor`, 404],
    ['GET', `/ping/${token}/256`, 400],
    ['GET', `/ping/${token}/99999999999999999999`, 400],
    ['PUT', `/ping/${token}`, 405],
    ['DELETE', `/ping/${token}`, 405],
  ])('%s %s is refused', (method, path, status) => {
    expect(readPing({ method, path })).toMatchObject({ kind: 'refused', status });
  });

  it('names a run by a UUID and nothing else', () => {
    expect(readPing({ method: 'GET', path: `/${token}/start`, rid })).toMatchObject({ rid: rid.toLowerCase() });
    for (const bad of ['12345', '', `${rid}0`]) expect(readPing({ method: 'GET', path: `/${token}/start`, rid: bad })).toMatchObject({ status: 400 });
  });
});

it.each([
  ['', undefined],
  ['\n \r\n', undefined],
  ['\n\n  disk full\nmore', 'disk full'],
  ['\u0007beep\tbeep', 'beep beep'],
  ['x'.repeat(300), `${'x'.repeat(99)}…`],
])('of a body %j the first line that says anything is kept', (body, line) => {
  expect(firstLine(body)).toBe(line);
});

describe('remembering pings', () => {
  const pings = fc.array(
    fc.record({
      signal: fc.constantFrom('start', 'success', 'failure', 'log'),
      at: fc.integer({ min: 0, max: 40 }).map(instant),
      rid: fc.constantFrom(undefined, 'a', 'b'),
    }),
    { maxLength: 40 },
  ) as fc.Arbitrary<Ping[]>;

  it('is a union: order, repetition and grouping do not matter', () => {
    fc.assert(
      fc.property(pings, pings, pings, (one, two, three) => {
        const together = remember(one, two, three);
        expect(remember(three, remember(two, one), two)).toEqual(together);
        expect(remember(together, one)).toEqual(together);
      }),
    );
  });

  it('survives being written and read, and forgets what only says something', () => {
    fc.assert(
      fc.property(pings, (some) => {
        const known = remember(some.map((one) => (one.rid === undefined ? { signal: one.signal, at: one.at } : one)));
        expect(known.some(({ signal }) => signal === 'log')).toBe(false);
        expect(decodePings(encodePings(known, { writer: `${west}@${west}`, monitor: 'backup', seq: 7 }))).toEqual({
          region: west,
          monitor: 'backup',
          seq: 7,
          pings: known,
        });
      }),
    );
  });

  it.each([{ pings: 'not json' }, { pings: 7 }, { seq: 'x' }])('skips an item that is none: %j', (wrong) => {
    const item = { ...encodePings([ping(at('08:00'))], { writer: west, monitor: 'backup', seq: slotAt(1) }), ...wrong };
    expect(decodePings(item as never)).toBeUndefined();
  });
});
