import { second } from '../../src/core/basics/time';
import type { Item } from '../../src/core/table';
import { east, west } from '../core/builders';
import { History } from './history';

/** What a history knows of rounds: `[region, when it was finished, whether it was shown]`. */
function told(tell: (history: History, at: (ms: number) => void) => void) {
  let now = 0;
  const history = new History(() => now);
  tell(history, (ms) => {
    now = ms;
  });
  return history.rounds.map(({ region, at, isShown }) => [region, at, isShown]);
}

const write = (kind: 'HEAD' | 'BEAT', region: typeof west, seq: number) => ({
  writer: region,
  replica: region,
  item: { pk: `${kind}#${region}`, sk: '0', v: 1, seq } as Item,
});
const nobody = () => undefined;

describe('rounds in the history of a run', () => {
  it('are finished when their head and their beat are stored', () => {
    const rounds = told((history, at) => {
      at(1000);
      history.recordTry(west, 0);
      history.recordWrite(write('BEAT', west, 0), nobody);
      at(1200);
      history.recordWrite(write('HEAD', west, 0), nobody);
    });
    expect(rounds).toEqual([[west, 1000, true]]);
  });

  it('were finished before, where their beat was to be stored then and is only now', () => {
    const rounds = told((history, at) => {
      at(1000);
      history.recordTry(west, 0);
      at(30 * second);
      history.recordWrite(write('HEAD', east, 30), nobody);
      at(61 * second);
      history.recordWrite(write('HEAD', west, 60), nobody);
      history.recordWrite(write('BEAT', west, 0), nobody);
      history.recordWrite(write('BEAT', west, 60), nobody);
    });
    expect(rounds).toEqual([
      [west, 1000, false],
      [east, 30 * second, true],
      [west, 61 * second, true],
    ]);
  });

  it('are one where only their beat came late', () => {
    const rounds = told((history, at) => {
      at(1000);
      history.recordTry(west, 0);
      history.recordWrite(write('HEAD', west, 0), nobody);
      at(61 * second);
      history.recordTry(west, 0);
      history.recordWrite(write('BEAT', west, 0), nobody);
    });
    expect(rounds).toEqual([[west, 1000, true]]);
  });
});
