import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../../local/aws/outbox';

const key = (pk: string) => ({ pk, sk: 'state' });

describe('the outbox of a peer', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'twinwatch-outbox-'));
    file = join(folder, 'outbox.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What an edge finds that was killed at this moment and starts again. */
  const afterKill = () => new Outbox(file).take(0, 100).map(({ pk }) => pk);

  it('knows a key again that was marked before a kill, whether or not its item was stored', () => {
    const outbox = new Outbox(file);
    outbox.mark(key('A'));
    outbox.mark(key('B'));
    outbox.accept(key('B'), 5);
    expect(afterKill()).toEqual(['A', 'B']);
  });

  it('forgets a key that the peer acknowledged or the engine refused', () => {
    const outbox = new Outbox(file);
    for (const pk of ['A', 'B']) outbox.mark(key(pk));
    outbox.accept(key('A'), 5);
    outbox.refuse(key('B'));
    expect(outbox.take(5, 10)).toEqual([key('A')]);
    expect(outbox.length).toBe(1);
    outbox.acknowledge(key('A'));
    expect(outbox.length).toBe(0);
    expect(afterKill()).toEqual([]);
  });

  it('keeps a key that changed again while its item was on the way', () => {
    const outbox = new Outbox(file);
    outbox.mark(key('A'));
    outbox.accept(key('A'), 1);
    outbox.take(1, 10);
    outbox.mark(key('A'));
    outbox.acknowledge(key('A'));
    expect(outbox.take(9, 10)).toEqual([]);
    outbox.accept(key('A'), 9);
    expect(outbox.take(9, 10)).toEqual([key('A')]);
    expect(afterKill()).toEqual(['A']);
  });

  it('keeps a key of which one put was refused while another is under way', () => {
    const outbox = new Outbox(file);
    outbox.mark(key('A'));
    outbox.mark(key('A'));
    outbox.refuse(key('A'));
    expect(outbox.length).toBe(1);
    outbox.accept(key('A'), 1);
    expect(outbox.nextDueAt()).toBe(1);
  });

  it('does not let a busy key put off its own sending', () => {
    const outbox = new Outbox(file);
    for (const dueAt of [3, 8, 20]) {
      outbox.mark(key('A'));
      outbox.accept(key('A'), dueAt);
    }
    expect(outbox.nextDueAt()).toBe(3);
  });

  it('gives a key again when sending failed, and not while it is on the way', () => {
    const outbox = new Outbox(file);
    outbox.mark(key('A'));
    outbox.accept(key('A'), 1);
    outbox.take(1, 10);
    expect([outbox.take(1, 10), outbox.nextDueAt()]).toEqual([[], undefined]);
    outbox.postpone(key('A'), 7);
    expect([outbox.take(6, 10), outbox.take(7, 10)]).toEqual([[], [key('A')]]);
  });

  it('survives a line that a kill tore', () => {
    new Outbox(file).mark(key('A'));
    appendFileSync(file, '+["B","st');
    expect(afterKill()).toEqual(['A']);
  });

  it('stays small however often its keys change', () => {
    const outbox = new Outbox(file);
    outbox.mark(key('always'));
    for (let turn = 0; turn < 3000; turn += 1) {
      outbox.mark(key('often'));
      outbox.refuse(key('often'));
    }
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(4100);
    expect(afterKill()).toEqual(['always']);
  });
});
