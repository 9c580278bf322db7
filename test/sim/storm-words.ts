/** What a storm showed, for a person. */
import type { Counts } from './census';
import { notYetChecked } from './checkers/all';
import type { Shrunk } from './shrink';
import type { BrokenPromise, StormReport } from './storm';
import type { Repetitions } from './tellings';

export function sayStorm(report: StormReport): string {
  const { seeds, simulatedHours, regionYears, wallSeconds, cpuSeconds, hoursPerSecond } = report;
  const time = `${simulatedHours.toFixed(1)} simulated hours (${regionYears.toFixed(3)} region-years) in ${wallSeconds.toFixed(1)} s`;
  return [
    ...sayViolations(report.violations),
    ...report.shrunk.flatMap(sayShrunk),
    ...report.unequal.map((one) => `seed ${one.seed} went another way when it was run again\n  ${one.replay}`),
    `${seeds} seeds, ${time} (${cpuSeconds.toFixed(1)} s of one core: ${hoursPerSecond.toFixed(1)} hours per second)`,
    `faults: ${sayCounts(report.faults)}`,
    `watch states: ${sayCounts(report.watchStates)}`,
    `conditions: ${sayCounts(report.conditions)}`,
    `announcements: ${report.announcements}; ${sayRepetitions(report.repetitions)}; hash ${report.hash}`,
    ...Object.entries(notYetChecked).map(([promise, why]) => `not checked yet: ${promise}: ${why}`),
    `${report.violations.length} violations, ${report.unequal.length} runs that could not be repeated`,
  ].join('\n');
}

const sayShrunk = ({ promise, what, replay, faults }: Shrunk): readonly string[] => [
  `the smallest run found that still breaks ${promise}: ${what}`,
  ...faults.map((fault) => `    ${fault}`),
  `  ${replay}`,
];

const sayRepetitions = ({ most, whole: { runs, pages, ends } }: Repetitions): string =>
  `nothing told more than ${most} times; in ${runs} runs without a partition ${pages.once} of ${pages.told} pages and ${ends.once} of ${ends.told} ends told once`;

const sayCounts = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ') || 'none';

/** A few of each promise tell enough; the count tells the rest. */
const mostSaid = 5;

function sayViolations(violations: readonly BrokenPromise[]): readonly string[] {
  const byPromise = new Map<string, BrokenPromise[]>();
  for (const violation of violations) byPromise.set(violation.promise, [...(byPromise.get(violation.promise) ?? []), violation]);
  return [...byPromise].flatMap(([promise, broken]) => {
    const said = broken.slice(0, mostSaid).map((one) => `${promise} broken at ${one.at}: ${one.what}\n  ${one.replay}`);
    const seeds = [...new Set(broken.slice(mostSaid).map((one) => one.seed))];
    return seeds.length === 0 ? said : [...said, `${promise} broken ${broken.length - mostSaid} times more, in the seeds ${seeds.slice(0, 40).join(', ')}`];
  });
}
