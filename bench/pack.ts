/** What a round weighs in the table: bytes of a packed beat for each healthy observation, and whole beats and heads, from 10 to 1,000 monitors. */

import { instant, monitorHash, regionId, slotAt } from '../src/core/basics/brand';
import { day, minute, second } from '../src/core/basics/time';
import { encodeBeat, encodeHead, type RoundFacts } from '../src/core/beat';
import { itemBytes, writeUnits } from '../src/core/cost/item-size';
import type { Phases } from '../src/core/observation';
import type { Item } from '../src/core/table';

const isJson = process.argv.includes('--json');
const goalBytes = 8;
const region = regionId('eu-west-1');
const now = instant(Date.parse('2026-11-21T04:00:00Z'));
const slot = slotAt(now / second);

const rows = [10, 100, 1000].map((monitors) => {
  const beat = beatOf(monitors);
  const head = headOf(monitors);
  const bytesPerObservation = (packedBytes(beat) - packedBytes(beatOf(0))) / monitors;
  return { monitors, bytesPerObservation, beat: weighed(beat), head: weighed(head) };
});
const worst = Math.max(...rows.map(({ bytesPerObservation }) => bytesPerObservation));
if (isJson) console.log(JSON.stringify({ bench: 'pack', rows, goal: { bytesPerObservation: goalBytes, ratio: worst / goalBytes } }));
else {
  for (const { monitors, bytesPerObservation, beat, head } of rows)
    console.log(
      `${String(monitors).padStart(5)} monitors: ${bytesPerObservation.toFixed(2)} bytes per healthy observation; beat ${beat.bytes} bytes, ${beat.writeUnits} write units; head ${head.bytes} bytes, ${head.writeUnits} write units`,
    );
  console.log(`goal: at most ${goalBytes} bytes per healthy observation; ratio ${(worst / goalBytes).toFixed(2)}`);
}

function beatOf(monitors: number): Item {
  const marks = Array.from({ length: monitors }, (_, index) => ({ outcome: 'ok' as const, phases: phasesOf(index), reason: 'ok' as const, detail: '' }));
  return encodeBeat({ ...factsOf(monitors), marks }, region);
}

/** Hosts of their own, each up since a time of its own. */
function headOf(monitors: number): Item {
  const samples = Array.from({ length: monitors }, (_, index) => {
    const upForMinutes = Math.round((30 * day) / minute) + ((index * 7919) % 10_000);
    const seen = { ok: true, health: 'up', failedBits: 0, reason: 'ok', detail: '', phases: phasesOf(index) } as const;
    const times = { slot, run: upForMinutes + 1, runSince: slotAt(slot - upForMinutes * 60) };
    const address = `203.0.${100 + (index >> 8)}.${index & 0xff}:443`;
    return { ...seen, ...times, hash: monitorHash((0xabcdef000000 + index * 7919).toString(16)), address };
  });
  return encodeHead({ ...factsOf(monitors), samples }, region);
}

/** Targets by HTTPS, from near ones to an ocean away, and no two alike. */
function phasesOf(index: number): Phases {
  const far = 1 + ((index * 7919) % 90);
  return { dnsMs: index % 13, connectMs: far, tlsMs: 2 * far + (index % 5), firstByteMs: far + 15 + ((index * 31) % 200), transferMs: index % 4 };
}

function factsOf(monitors: number): RoundFacts {
  return {
    ...{ region, slot, by: 'schedule', canaries: 'right', startedAt: instant(now + 1234), finishedAt: instant(now + 2345) },
    ...{ covered: monitors, expected: monitors, configHash: 'c0ffee000000', configMadeAt: now, codeVersion: '0.1.0' },
    ...{ bootId: '3f0c2a1e-5b7d-4c8e-9a64-1d2e3f405162', seen: { [regionId('us-east-2')]: slot } },
  };
}

function packedBytes({ packed }: Item): number {
  if (!(packed instanceof Uint8Array)) throw new Error('the bench must learn how beats are packed now');
  return packed.length;
}

function weighed(item: Item): { readonly bytes: number; readonly writeUnits: number } {
  const bytes = itemBytes(item);
  return { bytes, writeUnits: writeUnits(bytes) };
}
