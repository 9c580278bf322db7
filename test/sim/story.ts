/** A run as a story that a person can read, the same bytes each time. */
import { second } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { type Fault, sayFault, whatIsWrong } from './faults';
import type { SeedRun } from './seed';
import { timeOfStory } from './time-of-story';

interface Line {
  readonly at: number;
  readonly text: string;
}

/** The drawn faults first, then what happened, then what was violated. */
export function tellStory(run: SeedRun): string {
  const lines = [...faultLines(run.faults), ...logLines(run), ...announcedLines(run), ...noteLines(run), ...endingLines(run), ...violationLines(run)];
  const ordered = lines.map((line, index) => ({ line, index })).sort((one, other) => one.line.at - other.line.at || one.index - other.index);
  return [
    `seed ${run.seed}: ${sayConfig(run.config)}`,
    'faults:',
    ...run.faults.map((fault, index) => `  ${String(run.faultNumbers[index]).padStart(2)}  ${sayFault(fault)}`),
    'story:',
    ...ordered.map(({ line }) => `  ${timeOfStory(line.at)} ${line.text}`),
    `  ${timeOfStory(run.world.elapsedMs)} the end`,
    `violations: ${run.violations.length}`,
    `hash: ${run.hash}`,
  ].join('\n');
}

function sayConfig(config: Config): string {
  const regions = [...config.regions.probers, `witness ${config.regions.witness ?? 'none'}`].join(', ');
  return `${config.monitors.length} monitors, beats of ${config.beatIntervalMs / second} s, tolerate ${config.watch.tolerateMs / second} s; ${regions}`;
}

const faultLines = (faults: readonly Fault[]): readonly Line[] =>
  faults.flatMap((fault) => [
    { at: fault.begins, text: `⚡ ${whatIsWrong(fault)}` },
    { at: fault.ends, text: `✓ no longer: ${whatIsWrong(fault)}` },
  ]);

const toldKinds = ['opened', 'changed', 'resolved'];

const logLines = ({ world }: SeedRun): readonly Line[] =>
  world.history.logged
    .filter(({ body }) => toldKinds.includes(String(body.kind)))
    .map(({ at, region, body }) => ({ at, text: `${region} concludes: ${body.key} ${body.kind} ${body.condition ?? ''} (${body.reason})` }));

const announcedLines = ({ world }: SeedRun): readonly Line[] =>
  world.history.announced.map(({ at, sender, topic, headline, incident, isDelivered }) => ({
    at,
    text: `✉ ${sender} tells the topic in ${topic}: ${headline} [${incident}]${isDelivered ? '' : ', and it is delivered to nobody'}`,
  }));

const noteLines = ({ world }: SeedRun): readonly Line[] =>
  world.history.notes.map(({ at, region, role, what, facts }) => ({ at, text: `· ${region} ${role}: ${what} ${JSON.stringify(facts)}` }));

const endingLines = ({ world }: SeedRun): readonly Line[] =>
  world.history.endings.map(({ at, region, role, how, detail }) => ({ at, text: `✗ ${role} in ${region} ${how}: ${firstLine(detail)}` }));

const violationLines = ({ violations }: SeedRun): readonly Line[] => violations.map(({ at, promise, what }) => ({ at, text: `✗✗ ${promise} broken: ${what}` }));

/** Where the code of a function lies is no part of a story: it differs from machine to machine. */
const firstLine = (detail: string): string => detail.split('\n', 1)[0] ?? '';
