/** What only an onlooker can see wrong, shown with a page and a report that were tampered with. */
import { minute } from '../../../src/core/basics/time';
import { inflict } from '../inflict';
import { type Inspection, runInspected } from '../inspection';
import { realEngine } from '../real-engine';
import { brokenPromises } from '../seed';
import { dublin, ohio, smallConfig } from '../settings';
import { at } from '../time-of-story';
import { World } from '../world';
import { dark } from './broken-engines';

const faults = [dublin, ohio].map((region) => ({ ...dark, region }));

const world = new World({ seed: 3, config: smallConfig({ monitors: 1, beatMs: minute }), engine: realEngine });
let untouched: Inspection;

beforeAll(async () => {
  for (const fault of faults) inflict(fault, world);
  untouched = await runInspected(world, at('00:21:00'));
});

function brokenWhenSeen(change: (seen: Inspection) => Inspection): readonly string[] {
  return [...new Set(brokenPromises(world, faults, change(untouched)).map(({ promise }) => promise))];
}

describe('a page and a report of a time in which nobody watched', () => {
  it('that show it as unknown break nothing', () => {
    expect(brokenWhenSeen((seen) => seen)).toEqual([]);
  });

  it('break S3 when a monitor is shown up', () => {
    const green = (seen: Inspection): Inspection => ({
      ...seen,
      looks: seen.looks.map((look) => ({ ...look, verdicts: { 'service-001': 'up' } })),
    });
    expect(brokenWhenSeen(green)).toEqual(['S3']);
  });

  it('break S4 when it is counted as up, or not counted at all', () => {
    const counted = (seen: Inspection): Inspection => ({
      ...seen,
      reports: seen.reports.map((report) => ({ ...report, upMs: report.upMs + report.unknownMs, unknownMs: 0, gaps: [] })),
    });
    const forgotten = (seen: Inspection): Inspection => ({ ...seen, reports: seen.reports.map((report) => ({ ...report, upMs: report.upMs - 1 })) });
    expect(brokenWhenSeen(counted)).toEqual(['S4']);
    expect(brokenWhenSeen(forgotten)).toEqual(['S4']);
  });

  it('break L4 when an incident is shown as open after everything is over', () => {
    const open = (seen: Inspection): Inspection => ({
      ...seen,
      finally: new Map(
        [...seen.finally].map(([region, view]) => [region, { ...view, incidents: view.incidents.map((one) => ({ ...one, state: 'open' as const })) }]),
      ),
    });
    expect(brokenWhenSeen(open)).toEqual(['L4']);
  });
});
