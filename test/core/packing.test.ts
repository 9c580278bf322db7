import fc from 'fast-check';
import { packAddresses, unpackAddresses } from '../../src/core/packed-address';
import { packPhases, storedMs, unpackPhases } from '../../src/core/packed-phases';
import { ByteReader, ByteWriter, codesOf } from '../../src/core/packing';

const packedBy = (write: (writing: ByteWriter) => void): Uint8Array => {
  const writing = new ByteWriter();
  write(writing);
  return writing.done();
};

describe('numbers and text', () => {
  test('come back', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (value) => new ByteReader(packedBy((writing) => writing.count(value))).count() === value));
    fc.assert(fc.property(fc.integer(), (value) => new ByteReader(packedBy((writing) => writing.whole(value))).whole() === value));
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud83d'));
    fc.assert(fc.property(text, (value) => new ByteReader(packedBy((writing) => writing.text(value))).text() === value));
  });

  test('come back one after the other, and take three bytes or four when they are all the same', () => {
    const few = fc.array(fc.oneof(fc.nat(3), fc.nat()));
    fc.assert(
      fc.property(few, (values) => {
        const packed = packedBy((writing) => writing.counts(values).byte(77));
        const reading = new ByteReader(packed);
        expect(reading.counts(values.length)).toEqual(values);
        expect(reading.byte()).toBe(77);
      }),
    );
    expect(packedBy((writing) => writing.counts(new Array<number>(1000).fill(1)))).toHaveLength(4);
  });

  test('that end too soon, or repeat nothing or too often, are an error', () => {
    expect(() => new ByteReader(Uint8Array.of(0x80)).count()).toThrow(RangeError);
    expect(() => new ByteReader(Uint8Array.of(5, 65)).text()).toThrow(RangeError);
    expect(() => new ByteReader(Uint8Array.of(0, 2)).counts(2)).toThrow(RangeError);
    expect(() => new ByteReader(Uint8Array.of(1, 0, 5)).counts(3)).toThrow(RangeError);
    const endless = packedBy((writing) =>
      writing
        .count(1)
        .count(0)
        .count(2 ** 40),
    );
    expect(() => new ByteReader(endless).counts(2 ** 50)).toThrow(RangeError);
  });
});

test('a word that is not known here is an error, never another word', () => {
  const { codeOf, wordOf } = codesOf({ up: 1, down: 2 });
  expect([wordOf(codeOf('up')), wordOf(codeOf('down'))]).toEqual(['up', 'down']);
  expect(() => wordOf(0)).toThrow(RangeError);
});

describe('durations', () => {
  test('are kept exactly while short, and to 3 % up to an hour', () => {
    for (let ms = 0; ms <= 20; ms += 1) expect(storedMs(ms)).toBe(ms);
    fc.assert(fc.property(fc.integer({ min: 1, max: 3_600_000 }), (ms) => Math.abs(storedMs(ms) - ms) <= 0.03 * ms));
    expect(storedMs(Number.MAX_SAFE_INTEGER)).toBeGreaterThan(5_400_000);
  });

  test('stay what they are when they are stored again', () => {
    fc.assert(fc.property(fc.nat(), (ms) => storedMs(storedMs(ms)) === storedMs(ms)));
  });

  test('come back, a byte for each phase', () => {
    const phases = { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5 };
    const packed = packedBy((writing) => packPhases(writing, phases));
    expect(packed).toHaveLength(5);
    expect(unpackPhases(new ByteReader(packed))).toEqual(phases);
  });
});

describe('addresses', () => {
  const packed = (addresses: readonly string[]): Uint8Array => packedBy((writing) => packAddresses(writing, addresses));
  const comeBack = (addresses: readonly string[]): void => expect(unpackAddresses(new ByteReader(packed(addresses)), addresses.length)).toEqual(addresses);
  const port = fc.oneof(fc.constantFrom(80, 443), fc.nat(70_000));
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6().map((text) => `[${text}]`),
    fc.domain(),
  );
  const address = fc.oneof(
    fc.tuple(host, port).map(([name, number]) => `${name}:${number}`),
    fc.string(),
    fc.constant(''),
  );

  test('come back, whatever they are', () => {
    fc.assert(fc.property(fc.array(address), comeBack));
    fc.assert(fc.property(fc.array(fc.constantFrom('', '192.0.2.1:443', '[::1]:443', 'x')), comeBack));
  });

  test.each(['1.2.3.4:NaN', '1.2.3.4:', '1.2.3.4:1e+21', '1.2.3.4:Infinity', '1.2.3.4:70000', '1.2.3.4:-1', '1.2.3.4:1.5', '01.2.3.4:80', '256.1.1.1:80'])(
    'that are none come back as the text %s',
    (text) => comeBack([text, text]),
  );

  test.each(['[12345::1]:80', '[1:2:3:4:5:6:7:8:9]:80', '[1::2::3]:80', '[::ffff:1.2.3.4]:80', '[0:0::1]:80', '[]:80', '[1:2]:80', '[ABCD::1]:80'])(
    'that are not written as they should be come back as the text %s',
    (text) => comeBack([text, text]),
  );

  test.each([
    ['192.0.2.10:443', 5],
    ['192.0.2.10:80', 6],
    ['192.0.2.10:8080', 7],
    ['[2001:db8::1]:443', 17],
    ['[2001:db8:1:2:3:4:5:6]:443', 17],
    ['[::]:443', 17],
    ['', 1],
  ])('%s takes %d bytes, and one when it comes again', (text, bytes) => {
    expect(packed([text])).toHaveLength(bytes);
    expect(packed([text, text])).toHaveLength(bytes + 1);
    comeBack([text, text]);
  });
});
