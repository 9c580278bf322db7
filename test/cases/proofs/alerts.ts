/** What is told, and told again, of what is open. */
import { decideAll } from '../../../src/core/announcement';
import { availabilityFinding } from '../../../src/core/availability-finding';
import { monitorId } from '../../../src/core/basics/brand';
import { conclude } from '../../../src/core/conclusion';
import type { Monitor } from '../../../src/core/config/config';
import { aboutStep, foldIncidents } from '../../../src/core/incident';
import type { LogEntry } from '../../../src/core/log';
import { type Arranged, arrange } from '../../../src/core/orders/arranged';
import { nextReminderAt } from '../../../src/core/repeat';
import { nothingSaid, type Verdict } from '../../../src/core/standing';
import { judgeMonitor, type Voice } from '../../../src/core/verdict';
import { at, config, east, entry, fresh, monitor, opened, resolved, slot, west } from '../../core/builders';
import type { Proofs } from '../proof';

const failing = (run: number) => ({ ok: false, run, health: run >= 2 ? 'down' : 'up', slot: slot('00:20') }) as const;
const well = (run: number) => ({ ok: true, run, health: run >= 2 ? 'up' : 'down', slot: slot('00:20') }) as const;
const everywhere = (sample: Parameters<typeof fresh>[1]): readonly Voice[] => [fresh(west, sample), fresh(east, sample)];

const opening = entry(opened(), { at: at('00:00') });
const [told] = foldIncidents([opening]);

/** What is written down, when this is seen of a monitor of which that was said. */
function written(
  voices: readonly Voice[],
  { said = 'up', open = said === 'down', of = monitor() }: { readonly said?: Verdict; readonly open?: boolean; readonly of?: Monitor } = {},
) {
  const judgement = judgeMonitor({ monitor: of, voices, standing: { ...nothingSaid, verdict: said } });
  const finding = availabilityFinding({ monitor: of, judgement, voices, config: config(), me: west, now: at('00:20') });
  const conclusion = conclude(finding, open ? told : undefined);
  return conclusion.kind === 'write' ? `${conclusion.body.kind} ${conclusion.body.key}` : conclusion.why;
}

const receipt = entry(
  { ...aboutStep(told!, told!.transitions[0]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' },
  { n: 2, at: at('00:00:02') },
);

function decisions(entries: readonly LogEntry[], time: string, arranged?: Arranged) {
  const decided = decideAll(foldIncidents(entries), entries, { me: west, now: at(time), regions: [west], finds: new Map(), arranged });
  return { steps: decided.decisions.map(({ reason }) => reason), again: [...decided.repeats.values()].flat().map(({ reason }) => reason) };
}

export const alerts: Proofs = {
  P212() {
    expect(written(everywhere(well(1)), { said: 'unknown' })).toBe('nothing-wrong');
  },
  P214() {
    expect(written([fresh(west, well(9)), fresh(east, { ...failing(1), run: 1 })])).toBe('not-yet-confirmed');
    expect(written(everywhere(well(9)))).toBe('nothing-wrong');
  },
  /** Not twice, and yet not forgotten: it is said again as what it was. */
  P216() {
    const work = { kind: 'maintenance', of: { kind: 'all' }, from: at('00:05'), to: at('00:15'), name: 'o', by: 'a' } as const;
    const arranged = arrange({ config: config(), orders: [], planned: [work] });
    expect(decisions([opening, receipt], '00:10', arranged)).toEqual({ steps: ['told'], again: ['not-yet-due'] });
    expect(decisions([opening, receipt], '00:15', arranged)).toEqual({ steps: ['told'], again: ['still-so'] });
  },
  P218() {
    expect(written([fresh(west, { ...well(1), health: 'down' }), fresh(east, failing(5))], { said: 'down' })).toMatch(/^not-yet-confirmed$|^already-open$/);
    expect(written(everywhere(failing(6)), { said: 'down' })).toBe('already-open');
  },
  P220() {
    const end = entry(resolved(), { n: 3, at: at('00:20') });
    const [over] = foldIncidents([opening, end]);
    const sent = entry({ ...aboutStep(over!, over!.transitions[1]!), kind: 'announced', reason: 'first-speaker', text: '' }, { n: 4, at: at('00:20:01') });
    expect(decisions([opening, receipt, end, sent], '00:21').steps).toEqual(['told', 'no-receipt-yet']);
  },
  P222() {
    expect(decisions([opening, receipt], '00:04')).toEqual({ steps: ['told'], again: ['not-yet-due'] });
  },
  P236() {
    const of = monitor({ downAfter: 1 });
    expect(written(everywhere(failing(1)), { of })).toBe('opened shop:availability');
    expect(written(everywhere(failing(2)), { said: 'down', of })).toBe('already-open');
  },
  P238() {
    const of = monitor({ downAfter: 1, upAfter: 1 });
    expect(written(everywhere(failing(1)), { of })).toBe('opened shop:availability');
    expect(written(everywhere({ ...well(1), health: 'up' }), { said: 'down', of })).toBe('resolved shop:availability');
  },
  P244() {
    const [one, other] = [monitor({ id: monitorId('one') }), monitor({ id: monitorId('other') })];
    expect([written(everywhere(well(9)), { of: one }), written(everywhere(failing(2)), { of: other })]).toEqual(['nothing-wrong', 'opened other:availability']);
  },
  P314() {
    expect(written(everywhere(well(5)))).toBe('nothing-wrong');
  },
};

/** Nobody is told at each sample. */
export function notAtEachSample(): void {
  expect(nextReminderAt(told!.transitions[0]!, at('00:00'))).toBe(at('00:30'));
}

/** What fails now and then is told as what it is. */
export function inARow(): void {
  expect(written([fresh(west, { ...failing(1), failedBits: 0b10101 }), fresh(east, well(1))])).not.toContain('opened');
  expect(written([fresh(west, { ...well(3), failedBits: 0b1110101010 }), fresh(east, well(9))])).toBe('opened shop:availability');
}
