import { minute } from '../../src/core/basics/time';
import { decodeBeat, decodeHead, encodeBeat, encodeHead } from '../../src/core/beat';
import { decodeBeginnings, encodeBeginnings } from '../../src/core/beginnings';
import { decodePings, encodePings } from '../../src/core/heartbeat/pings';
import { decodeLogEntry, encodeLogEntry } from '../../src/core/log-item';
import type { Item } from '../../src/core/table';
import { runProber, runWatchdog } from '../../src/engine/invocation';
import { at, attempt, config, east, head, middle, monitor, opened, slot, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

const watched = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

it('every item that is written says of which version it is', async () => {
  const small = smallWorld({ config: watched, now: at('00:59:02') });
  small.seen = () => attempt({ reason: 'status' });
  for (let round = 0; round < 4; round += 1) {
    for (const region of [west, east]) await runProber({}, { ...small.another({ region }), invocation: timeLeft(small, 20_000) });
    for (const region of [west, east, middle]) await runWatchdog({}, { ...small.another({ region, role: 'watchdog' }), invocation: timeLeft(small, 40_000) });
    small.now = at(`01:0${round}:02`);
  }
  const items = [...small.stores.values()].flatMap((store) => store.all());
  const kinds = new Set(items.map(({ pk }) => pk.split('#')[0]));
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['BEAT', 'CLAIM', 'HEAD', 'LOG', 'ROSTER', 'WATCH']));
  expect(items.filter(({ v }) => typeof v !== 'number').map(({ pk, sk }) => `${pk} / ${sk}`)).toEqual([]);
});

const { samples: _, receiving: _none, ...facts } = head();
const log = { writer: west, region: west, month: '2026-11', n: 1, at: at('08:00'), by: 'prober', body: opened() } as const;
const kinds: readonly (readonly [string, Item, (item: Item) => unknown])[] = [
  ['head', encodeHead(head(), west), decodeHead],
  ['beat', encodeBeat({ ...facts, marks: [] }, west), decodeBeat],
  ['log entry', encodeLogEntry(log), decodeLogEntry],
  ['ping', encodePings([{ signal: 'success', at: at('08:00') }], { writer: west, monitor: 'backup', seq: 1 }), decodePings],
  ['beginning', encodeBeginnings({ since: at('08:00'), firstAt: new Map([['shop', at('08:01')]]) }, west), decodeBeginnings],
];

describe.each(kinds)('a %s to which a later version has added', (_kind, item, decode) => {
  it('an attribute is read as before', () => {
    const later = { ...item, later: 'what nobody knows yet' } as Item;
    expect(decode(later)).toEqual(decode({ ...item }));
    expect(decode(later)).toBeDefined();
  });

  it('bytes behind those that are known is read as before', () => {
    if (!(item.packed instanceof Uint8Array)) return;
    const later = { ...item, packed: Uint8Array.of(...item.packed, 1, 2, 3) };
    expect(decode(later)).toEqual(decode({ ...item }));
  });
});

it.each([decodeHead, decodeBeat])('an item of a version that packs otherwise is skipped, and is no error', (decode) => {
  const item = encodeHead(head({ slot: slot('00:10') }), west);
  expect(decode({ ...item, v: 99 })).toBeUndefined();
});
