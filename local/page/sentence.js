/** The one sentence on top: what is wrong, or that nothing is, and who says so. Plain data in, words out. */
import { toneOfMonitor } from './tones.js';
import { ageText, count, list } from './words.js';

/**
 * @typedef {import('./api.js').MonitorView} MonitorView
 * @typedef {import('./symbols.js').Tone} Tone
 * @typedef {import('./watchers.js').Watchers} Watchers
 *
 * `said` is the sentence without its age: what is read aloud when it changes. Its age is `forMs`, or counted from `since`.
 * @typedef {{ readonly tone: Tone, readonly said: string, readonly since: string | null, readonly forMs?: number, readonly short: string }} Headline
 */

/**
 * @param {readonly MonitorView[]} monitors
 * @param {Watchers} watchers
 * @returns {Headline}
 */
export function headline(monitors, watchers) {
  if (watchers.probers.length > 0 && watchers.watching.length === 0) return nobody(watchers);
  if (monitors.length === 0) return { tone: 'unknown', said: 'No monitor is configured', since: null, short: 'no monitors' };
  const [down, partial, unknown] = [withVerdict(monitors, 'down'), withVerdict(monitors, 'partial'), withVerdict(monitors, 'unknown')];
  const mistaken = withVerdict(monitors, 'misidentified');
  const known = monitors.length - unknown.length;
  if (mistaken.length > 0) return { tone: 'down', short: `${mistaken.length} misidentified`, ...trouble(mistaken, 'misidentified', ofMistaken) };
  if (down.length > 0) return { tone: 'down', short: `${down.length} down`, ...trouble(down, 'down', ofDown) };
  if (partial.length > 0) return { tone: 'partial', short: `${partial.length} partial`, ...trouble(partial, 'partial', ofPartial) };
  if (unknown.length > 0)
    return { tone: 'unknown', short: `${unknown.length} unknown`, ...(known === 0 ? allUnknown(unknown) : trouble(unknown, 'unknown', ofUnknown)) };
  return allUp(monitors);
}

/** @param {Watchers} watchers @returns {Headline} */
function nobody({ missing, lastBeatAgeMs }) {
  if (lastBeatAgeMs === null) return { tone: 'unknown', said: 'Nobody has watched yet: no prober has written its first beat', since: null, short: 'starting' };
  const why = missing.filter(({ role }) => role === 'prober').map(({ name, why }) => `${name} ${why}`);
  return { tone: 'down', said: `Nobody is watching: ${list(why)}`, since: null, forMs: lastBeatAgeMs, short: 'nobody watches' };
}

/**
 * @param {readonly MonitorView[]} monitors
 * @param {MonitorView['verdict']} verdict
 */
const withVerdict = (monitors, verdict) => monitors.filter((monitor) => (monitor.verdict ?? 'unknown') === verdict);

/**
 * @param {readonly MonitorView[]} monitors at least one
 * @param {string} verdict
 * @param {(monitor: MonitorView) => string} sayOne
 */
function trouble(monitors, verdict, sayOne) {
  const [only, ...more] = monitors;
  if (only !== undefined && more.length === 0) return { said: `${only.id} ${sayOne(only)}`, since: only.since };
  return { said: `${monitors.length} monitors are ${verdict}: ${list(monitors.map(({ id }) => id))}`, since: null };
}

/** @param {MonitorView} monitor */
function ofDown(monitor) {
  const seenBy = list(regionsWhere(monitor, isFailing));
  if (monitor.certainty === 'confirmed') return seenBy === '' ? 'is down, confirmed' : `is down, confirmed by ${seenBy}`;
  return seenBy === '' ? 'is down, single witness' : `is down, seen by ${seenBy} alone`;
}

/** @param {MonitorView} monitor */
function ofPartial(monitor) {
  const down = list(regionsWhere(monitor, isFailing));
  const up = list(regionsWhere(monitor, (seen) => seen.health === 'up' && !isFailing(seen)));
  return down === '' || up === '' ? 'is partial' : `is partial: down from ${down}, up from ${up}`;
}

/** @param {MonitorView} monitor */
function ofMistaken(monitor) {
  const seenBy = list(regionsWhere(monitor, ({ reason }) => reason === 'misidentified'));
  return `is answered by somebody else${seenBy === '' ? '' : `, as ${seenBy} sees it`}`;
}

const ofUnknown = () => 'is unknown';

/** @param {readonly MonitorView[]} monitors */
const allUnknown = (monitors) => ({ said: `${count(monitors.length, 'monitor')} unknown, no region has fresh news of any`, since: null });

/** @param {import('./api.js').MonitorRegionView} seen */
const isFailing = (seen) => seen.health === 'down' || (seen.health === 'up' && seen.reason !== null && seen.reason !== 'ok');

/**
 * @param {MonitorView} monitor
 * @param {(seen: import('./api.js').MonitorRegionView) => boolean} holds
 */
function regionsWhere(monitor, holds) {
  return Object.entries(monitor.regions ?? {}).flatMap(([region, seen]) => (holds(seen) ? [region] : []));
}

/** @param {readonly MonitorView[]} monitors @returns {Headline} */
function allUp(monitors) {
  const single = monitors.filter((monitor) => toneOfMonitor(monitor) === 'single').length;
  const said = `${count(monitors.length, 'monitor')} up`;
  if (single === 0) return { tone: 'up', said, since: null, short: 'all up' };
  return {
    tone: 'single',
    said: `${said}, ${single === monitors.length ? '' : `${single} of them `}by a single witness`,
    since: null,
    short: 'up, single witness',
  };
}

/**
 * @param {Headline} line
 * @param {number | null} sinceMs how long ago its `since` was
 */
export function withAge(line, sinceMs) {
  const age = line.forMs ?? sinceMs;
  return age === null ? line.said : `${line.said}, for ${ageText(age)}`;
}

/**
 * How many monitors stand where, worst first: `1 down · 2 up`; nothing where all stand alike.
 * @param {readonly MonitorView[]} monitors
 */
export function tally(monitors) {
  const verdicts = /** @type {const} */ (['misidentified', 'down', 'partial', 'unknown', 'up']);
  const counted = verdicts.map((verdict) => ({ verdict, many: withVerdict(monitors, verdict).length })).filter(({ many }) => many > 0);
  return counted.length < 2 ? '' : counted.map(({ verdict, many }) => `${many} ${verdict}`).join(' · ');
}
