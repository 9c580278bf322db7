import { type Receiving, receivingAfter, watchedThrough } from '../../../src/core/heartbeat/receiving';
import { at } from '../builders';

const look = (time: string, over = {}) => ({ at: at(time), takes: true, mostPauseMs: 125_000, hasSlept: false, ...over });
const known: Receiving = [{ from: at('08:00'), to: at('08:10') }];

describe('what is known of an inbox', () => {
  it.each<[string, ReturnType<typeof look>, Receiving]>([
    ['goes on with the next look', look('08:11'), [{ from: at('08:00'), to: at('08:11') }]],
    ['goes on over one look that is missing', look('08:12'), [{ from: at('08:00'), to: at('08:12') }]],
    ['begins anew after a longer time', look('08:13'), [...known, { from: at('08:13'), to: at('08:13') }]],
    ['begins anew after a sleep, however short', look('08:11', { hasSlept: true }), [...known, { from: at('08:11'), to: at('08:11') }]],
    ['stays as it was where the inbox takes nothing', look('08:11', { takes: false }), known],
    ['begins anew where the clock was set back', look('08:05'), [{ from: at('08:05'), to: at('08:05') }]],
  ])('%s', (_case, seen, wanted) => {
    expect(receivingAfter(known, seen)).toEqual(wanted);
  });

  it('keeps the newest few stretches', () => {
    let receiving: Receiving = [];
    for (let index = 0; index < 10; index += 1) receiving = receivingAfter(receiving, look(`${String(8 + index).padStart(2, '0')}:00`));
    expect(receiving.map(({ from }) => from)).toEqual(['12', '13', '14', '15', '16', '17'].map((hour) => at(`${hour}:00`)));
  });
});

describe('a stretch of time', () => {
  const receiving: Receiving = [...known, { from: at('08:20'), to: at('08:30') }];
  it.each([
    ['08:00', '08:10', 'watched'],
    ['08:21', '08:30', 'watched'],
    ['08:05', '08:25', { darkUntil: at('08:20') }],
    ['08:05', '08:15', { darkUntil: at('08:20') }],
    ['07:59', '08:05', { darkUntil: at('08:00') }],
    ['08:25', '08:31', { darkUntil: undefined }],
  ])('from %s to %s', (from, to, wanted) => {
    expect(watchedThrough(receiving, { from: at(from), to: at(to) })).toEqual(wanted);
  });
});
