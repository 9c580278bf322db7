/** Bytes in and out, for items that are written every round: what they weigh is what they cost. */

/** Numbers below 2^53 in seven bits a byte, smallest first. */
export class ByteWriter {
  private readonly bytes: number[] = [];

  byte(value: number): this {
    this.bytes.push(value & 0xff);
    return this;
  }

  /** A whole number, not negative. */
  count(value: number): this {
    let rest = Math.max(0, Math.round(value));
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.bytes.push(rest);
    return this;
  }

  /** Hex digits, two to a byte. */
  hex(digits: string): this {
    for (let index = 0; index < digits.length; index += 2) this.byte(Number.parseInt(digits.slice(index, index + 2), 16));
    return this;
  }

  get length(): number {
    return this.bytes.length;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Reads what ByteWriter wrote; throws a RangeError where the bytes end too soon. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.position];
    if (value === undefined) throw new RangeError('packed bytes end too soon');
    this.position += 1;
    return value;
  }

  count(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7f) * weight;
      if (next < 0x80) return value;
      weight *= 0x80;
    }
  }

  hex(bytes: number): string {
    let digits = '';
    for (let index = 0; index < bytes; index += 1) digits += hexOf[this.byte()];
    return digits;
  }
}
