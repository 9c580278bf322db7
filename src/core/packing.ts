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

  /** A whole number of either sign: small ones stay small. */
  whole(value: number): this {
    return this.count(folded(value));
  }

  /** Whole numbers, not negative, one after the other; what repeats the one before is written as how often it does. */
  counts(values: readonly number[]): this {
    for (let index = 0; index < values.length; ) {
      const value = values[index] ?? 0;
      let repeated = 0;
      while (index + repeated + 1 < values.length && values[index + repeated + 1] === value) repeated += 1;
      this.count(value + 1);
      if (repeated > 0) this.count(0).count(repeated);
      index += repeated + 1;
    }
    return this;
  }

  /** Any text: a number for each of its UTF-16 units, so that what can be typed on a keyboard takes a byte. */
  text(value: string): this {
    this.count(value.length);
    for (let index = 0; index < value.length; index += 1) this.count(value.charCodeAt(index));
    return this;
  }

  /** What may be missing. */
  maybe<Value>(value: Value | undefined, pack: (value: Value) => unknown): this {
    this.byte(value === undefined ? 0 : 1);
    if (value !== undefined) pack(value);
    return this;
  }

  each<Value>(values: readonly Value[], pack: (value: Value) => unknown): this {
    this.count(values.length);
    for (const value of values) pack(value);
    return this;
  }

  /** Hex digits, two to a byte. */
  hex(digits: string): this {
    for (let index = 0; index < digits.length; index += 2) this.byte(16 * digitAt(digits, index) + digitAt(digits, index + 1));
    return this;
  }

  get length(): number {
    return this.bytes.length;
  }

  done(): Uint8Array {
    return new Uint8Array(this.bytes);
  }
}

/** Whole numbers of either sign as such without one: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. */
export function folded(value: number): number {
  const rounded = Math.round(value);
  return rounded < 0 ? -2 * rounded - 1 : 2 * rounded;
}

export const unfolded = (count: number): number => (count % 2 === 0 ? count / 2 : -(count + 1) / 2);

/** Of a lower-case hex digit. */
function digitAt(digits: string, index: number): number {
  const code = digits.charCodeAt(index);
  return code < firstLetter ? code - firstFigure : code - firstLetter + 10;
}

const firstFigure = '0'.charCodeAt(0);
const firstLetter = 'a'.charCodeAt(0);

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** More than any fleet has monitors: broken bytes must not ask for more memory than there is. */
const mostNumbers = 1_000_000;

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

  whole(): number {
    return unfolded(this.count());
  }

  counts(length: number): number[] {
    const values: number[] = [];
    while (values.length < length) {
      const next = this.count();
      if (next > 0) values.push(next - 1);
      else this.repeat(values, length);
    }
    return values;
  }

  private repeat(values: number[], length: number): void {
    const last = values.at(-1);
    const times = this.count();
    if (last === undefined || values.length + times > Math.min(length, mostNumbers)) throw new RangeError('packed numbers repeat nothing, or too often');
    for (let left = times; left > 0; left -= 1) values.push(last);
  }

  text(): string {
    let text = '';
    for (let left = this.lengthAhead(); left > 0; left -= 1) text += String.fromCharCode(this.count());
    return text;
  }

  maybe<Value>(unpack: () => Value): Value | undefined {
    return this.byte() === 0 ? undefined : unpack();
  }

  each<Value>(unpack: () => Value): Value[] {
    const found: Value[] = [];
    for (let left = this.lengthAhead(); left > 0; left -= 1) found.push(unpack());
    return found;
  }

  /** How many things follow, each of which takes a byte or more. */
  lengthAhead(): number {
    const length = this.count();
    if (length > this.bytes.length - this.position) throw new RangeError('packed bytes end too soon');
    return length;
  }

  hex(bytes: number): string {
    let digits = '';
    for (let index = 0; index < bytes; index += 1) digits += hexOf[this.byte()];
    return digits;
  }
}

/** A closed set of words, each with a number that never changes. */
export interface Codes<Word extends string> {
  codeOf(word: Word): number;
  /** Throws a RangeError where a later version wrote a word that is not known here. */
  wordOf(code: number): Word;
}

/** Every word of the set must be given its number: whoever adds one takes the next. */
export function codesOf<Word extends string>(numbered: Readonly<Record<Word, number>>): Codes<Word> {
  const words = Object.keys(numbered) as Word[];
  const codes = new Map(words.map((word) => [word, numbered[word]]));
  const wordsByCode = new Map(words.map((word) => [numbered[word], word]));
  return {
    codeOf: (word) => {
      const code = codes.get(word);
      if (code === undefined) throw new RangeError(`the word "${word}" has no code`);
      return code;
    },
    wordOf: (code) => {
      const word = wordsByCode.get(code);
      if (word === undefined) throw new RangeError(`no word has the code ${code}`);
      return word;
    },
  };
}
