/** What the page has read of the monitors' past, and when it reads it again: sparingly, one question at a time. */
import { ask, newSource } from './api.js';
import { pageNow, utc } from './clock.js';

/**
 * @typedef {import('./api.js').ReportView} ReportView
 * @typedef {{ readonly name: string, readonly lengthMs: number, readonly everyMs: number, readonly steps: number }} Period
 * @typedef {{ report: ReportView | null, askedAt: number | null, triedAt: number | null, failure: string }} Chapter what is known of one monitor in one
 *   period; a failure is that of the last question, which leaves the older report
 */

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** @type {readonly [Period, Period, Period]} */
export const periods = [
  { name: '1 h', lengthMs: 60 * minuteMs, everyMs: minuteMs / 4, steps: 12 },
  { name: '24 h', lengthMs: dayMs, everyMs: minuteMs, steps: 24 },
  { name: '30 d', lengthMs: 30 * dayMs, everyMs: 10 * minuteMs, steps: 120 },
];
const againAfterFailureMs = 10_000;
const lists = ['segments', 'latency', 'revisedHours'];

/** @type {Map<string, Chapter>} */
const chapters = new Map();
let asking = false;
/** @type {{ readonly period: Period, readonly monitors: readonly string[] }} what the page shows now; it may be another thing than when the reading began */
let shown = { period: periods[1], monitors: [] };

/**
 * @param {Period} period
 * @param {string} monitor
 * @returns {Chapter}
 */
export function chapterOf(period, monitor) {
  const key = `${period.name} ${monitor}`;
  const chapter = chapters.get(key) ?? { report: null, askedAt: null, triedAt: null, failure: '' };
  chapters.set(key, chapter);
  return chapter;
}

/**
 * Asks for the monitors that are due, the longest waiting first.
 * @param {Period} period
 * @param {readonly string[]} monitors
 * @param {() => void} heard called after each answer
 */
export async function readHistory(period, monitors, heard) {
  shown = { period, monitors };
  if (asking) return;
  asking = true;
  try {
    for (let due = nextDue(); due !== undefined; due = nextDue()) {
      await read(shown.period, due);
      heard();
    }
  } finally {
    asking = false;
  }
}

/** @returns {string | undefined} */
function nextDue() {
  const waiting = shown.monitors
    .map((monitor) => ({ monitor, chapter: chapterOf(shown.period, monitor) }))
    .filter(({ chapter }) => isDue(shown.period, chapter));
  return waiting.sort((one, other) => (one.chapter.triedAt ?? 0) - (other.chapter.triedAt ?? 0))[0]?.monitor;
}

/**
 * @param {Period} period
 * @param {Chapter} chapter
 */
function isDue({ everyMs }, { triedAt, failure }) {
  return triedAt === null || pageNow() - triedAt >= (failure === '' ? everyMs : againAfterFailureMs);
}

/**
 * @param {Period} period
 * @param {string} monitor
 */
async function read(period, monitor) {
  const chapter = chapterOf(period, monitor);
  const now = pageNow();
  chapter.triedAt = now;
  const query = new URLSearchParams({ monitor, from: utc(now - period.lengthMs), to: utc(now), steps: String(period.steps) });
  /** @type {import('./api.js').Source<ReportView>} */
  const source = newSource(`/api/report?${query}`, lists);
  const answered = await ask(source);
  const report = source.view;
  const sound = answered && report !== null && isSound(report, monitor);
  chapter.failure = sound ? '' : answered ? 'the answer has not the expected shape' : source.failure;
  if (sound) Object.assign(chapter, { report, askedAt: now });
}

/**
 * What cannot be drawn on an axis of time is no news.
 * @param {ReportView} report
 * @param {string} monitor
 */
function isSound(report, monitor) {
  const stretches = [report, ...report.segments, ...report.latency];
  const numbers = report.latency.flatMap(({ medianMs, p95Ms, answers }) => [medianMs, p95Ms, answers]);
  return report.monitor === monitor && report.segments.length > 0 && stretches.every(isStretch) && numbers.every(Number.isFinite);
}

/** @param {{ readonly from: string, readonly to: string } | null} stretch */
const isStretch = (stretch) => stretch !== null && Date.parse(stretch.from) < Date.parse(stretch.to);
