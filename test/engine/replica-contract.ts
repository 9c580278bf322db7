/** What every replica keeps, the real one and the simulated one alike. */
import type { Item } from '../../src/core/table';
import type { Replica } from '../../src/engine/ports';

export interface ReplicaUnderTest {
  readonly replica: Replica;
  close(): Promise<void>;
}

/** `makeReplica` is called once; the cases use partitions of their own. */
export function describeReplica(name: string, makeReplica: () => Promise<ReplicaUnderTest>): void {
  describe(`the contract of a replica: ${name}`, () => {
    let open: ReplicaUnderTest | undefined;
    let partitions = 0;
    const replica = (): Replica => open!.replica;
    /** A partition that no other case uses. */
    const partition = (): string => {
      partitions += 1;
      return `BEAT#eu-west-1#0#case-${partitions}`;
    };

    beforeAll(async () => {
      open = await makeReplica();
    });
    afterAll(() => open?.close());

    const bySortKey = (items: readonly Item[]): Item[] => [...items].sort((a, b) => (a.sk < b.sk ? -1 : 1));

    describe('a put', () => {
      it('is read back with every kind of attribute unchanged', async () => {
        const pk = partition();
        const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
        const item: Item = { pk, sk: 'state', seq: 1_795_000_000, tiny: -0.125, big: 2 ** 53 - 1, words: 'über "alles"\n✓ 🙂', none: '', zero: 0, bytes };
        await replica().put(item);
        const [found] = await replica().get([{ pk, sk: 'state' }]);
        expect({ ...found, bytes: [...(found!.bytes as Uint8Array)] }).toEqual({ ...item, bytes: [...bytes] });
        expect(found?.bytes).toBeInstanceOf(Uint8Array);
      });

      it('replaces the whole item, even with an older one', async () => {
        const pk = partition();
        await replica().put({ pk, sk: 'a', seq: 2, old: 'yes' });
        await replica().put({ pk, sk: 'a', seq: 1 });
        expect(await replica().get([{ pk, sk: 'a' }])).toEqual([{ pk, sk: 'a', seq: 1 }]);
      });

      it('keeps what it was given, whatever becomes of the giver', async () => {
        const pk = partition();
        const bytes = Uint8Array.of(1, 2, 3);
        await replica().put({ pk, sk: 'a', bytes });
        bytes.fill(9);
        const [found] = await replica().get([{ pk, sk: 'a' }]);
        expect([...(found!.bytes as Uint8Array)]).toEqual([1, 2, 3]);
      });
    });

    describe('a get', () => {
      it('brings what exists among the keys, in any order', async () => {
        const [one, other] = [partition(), partition()];
        await replica().put({ pk: one, sk: 'a', seq: 1 });
        await replica().put({ pk: other, sk: 'b', seq: 2 });
        const found = await replica().get([
          { pk: one, sk: 'a' },
          { pk: one, sk: 'missing' },
          { pk: other, sk: 'b' },
        ]);
        expect(bySortKey(found)).toEqual([
          { pk: one, sk: 'a', seq: 1 },
          { pk: other, sk: 'b', seq: 2 },
        ]);
      });

      it('of no key is nothing', async () => {
        expect(await replica().get([])).toEqual([]);
      });

      it('brings what is past its time to live, for as long as the table has not forgotten it', async () => {
        const pk = partition();
        await replica().put({ pk, sk: 'a', ttl: 1_700_000_000 });
        expect(await replica().get([{ pk, sk: 'a' }])).toEqual([{ pk, sk: 'a', ttl: 1_700_000_000 }]);
        expect(await replica().query(pk, 'a', 'a')).toEqual([{ pk, sk: 'a', ttl: 1_700_000_000 }]);
      });

      it('of the same key twice brings it once', async () => {
        const pk = partition();
        await replica().put({ pk, sk: 'a' });
        const key = { pk, sk: 'a' };
        expect(await replica().get([key, { ...key }])).toEqual([key]);
      });

      it('takes a hundred keys', async () => {
        const pk = partition();
        const keys = Array.from({ length: 100 }, (_, index) => ({ pk, sk: String(index).padStart(3, '0') }));
        await Promise.all(keys.map((key) => replica().put({ ...key, seq: 1 })));
        expect(await replica().get(keys)).toHaveLength(100);
      });
    });

    describe('a query', () => {
      it('brings a range of one partition with both ends, ascending', async () => {
        const pk = partition();
        for (const sk of ['000000000030', '000000000010', '000000000020', '000000000040', '000000000100']) await replica().put({ pk, sk });
        await replica().put({ pk: partition(), sk: '000000000020' });
        const found = await replica().query(pk, '000000000020', '000000000040');
        expect(found.map(({ sk }) => sk)).toEqual(['000000000020', '000000000030', '000000000040']);
      });

      it('of an empty partition, or of a range turned round, is nothing', async () => {
        const pk = partition();
        await replica().put({ pk, sk: 'b' });
        expect(await replica().query(partition(), ' ', '~')).toEqual([]);
        expect(await replica().query(pk, 'c', 'a')).toEqual([]);
      });

      it('brings more than one answer can hold', async () => {
        const pk = partition();
        const bytes = new Uint8Array(300_000);
        for (let n = 0; n < 8; n += 1) await replica().put({ pk, sk: String(n), bytes });
        const found = await replica().query(pk, '0', '9');
        expect(found.map(({ sk }) => sk)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
      });
    });

    describe('a put if absent', () => {
      it('writes where nothing is, and is refused afterwards, even with the same item', async () => {
        const pk = partition();
        expect(await replica().putIfAbsent({ pk, sk: 'a', by: 'prober' })).toBe('written');
        expect(await replica().putIfAbsent({ pk, sk: 'a', by: 'watchdog' })).toBe('refused');
        expect(await replica().putIfAbsent({ pk, sk: 'a', by: 'prober' })).toBe('refused');
        expect(await replica().get([{ pk, sk: 'a' }])).toEqual([{ pk, sk: 'a', by: 'prober' }]);
      });

      it('looks at both halves of the key', async () => {
        const pk = partition();
        await replica().putIfAbsent({ pk, sk: 'a' });
        expect(await replica().putIfAbsent({ pk, sk: 'b' })).toBe('written');
        expect(await replica().putIfAbsent({ pk: partition(), sk: 'a' })).toBe('written');
      });

      it('lets exactly one of many win', async () => {
        const pk = partition();
        const written = await Promise.all(Array.from({ length: 8 }, (_, n) => replica().putIfAbsent({ pk, sk: 'a', n })));
        expect(written.filter((result) => result === 'written')).toHaveLength(1);
      });
    });

    describe('a put if newer', () => {
      it.each([
        ['nothing', undefined, 5, 'written'],
        ['an older one', 4, 5, 'written'],
        ['the same', 5, 5, 'refused'],
        ['a newer one', 6, 5, 'refused'],
        ['one of fewer digits', 9, 10, 'written'],
        ['one of more digits', 10, 9, 'refused'],
      ] as const)('over %s', async (_case, before, after, expected) => {
        const pk = partition();
        if (before !== undefined) await replica().put({ pk, sk: 'a', seq: before });
        expect(await replica().putIfNewer({ pk, sk: 'a', seq: after })).toBe(expected);
        const [stored] = await replica().get([{ pk, sk: 'a' }]);
        expect(stored?.seq).toBe(expected === 'written' ? after : before);
      });

      it('over one that has no sequence is refused: it cannot be told to be newer', async () => {
        const pk = partition();
        await replica().put({ pk, sk: 'a', by: 'someone' });
        expect(await replica().putIfNewer({ pk, sk: 'a', seq: 5 })).toBe('refused');
        expect(await replica().get([{ pk, sk: 'a' }])).toEqual([{ pk, sk: 'a', by: 'someone' }]);
      });

      it('lets the newest of many win, whatever the order', async () => {
        const pk = partition();
        await Promise.all([3, 7, 1, 8, 2, 6, 4, 5].map((seq) => replica().putIfNewer({ pk, sk: 'a', seq })));
        expect(await replica().get([{ pk, sk: 'a' }])).toEqual([{ pk, sk: 'a', seq: 8 }]);
      });

      it('is a mistake of the caller without a sequence', async () => {
        await expect(replica().putIfNewer({ pk: partition(), sk: 'a' })).rejects.toThrow('seq');
      });
    });
  });
}
