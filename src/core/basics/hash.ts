/** Stable, fast, not cryptographic: two 32-bit FNV-1a lanes with different offsets, mixed once more at the end. */
export function hashHex(text: string): string {
  const [high, low] = lanes(text);
  return (high >>> 0).toString(16).padStart(8, '0').slice(0, 4) + (low >>> 0).toString(16).padStart(8, '0');
}

/** A number in [0, 1) that is the same for the same text everywhere: ranks, phases and jitter are drawn with it. */
export function hashUnit(text: string): number {
  const [, low] = lanes(text);
  return (low >>> 0) / 2 ** 32;
}

function lanes(text: string): readonly [number, number] {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return [mix(high ^ low), mix(low ^ (high >>> 7))];
}

function mix(lane: number): number {
  let mixed = lane;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
