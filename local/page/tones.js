/** Which tone a word of twinwatch takes. What is not known to be good is never drawn as good. */

/**
 * @typedef {import('./symbols.js').Tone} Tone
 * @typedef {import('./api.js').MonitorView} MonitorView
 */

/** @type {Record<string, Tone>} */
const ofVerdict = { up: 'up', partial: 'partial', down: 'down', misidentified: 'down' };

/**
 * `up` that one place alone vouches for, or that does not last, is amber.
 * @param {Pick<MonitorView, 'verdict' | 'certainty' | 'isFlaky'>} monitor
 * @returns {Tone}
 */
export function toneOfMonitor({ verdict, certainty, isFlaky }) {
  if (verdict === 'up' && (isFlaky || certainty !== 'confirmed')) return 'single';
  return ofVerdict[verdict] ?? 'unknown';
}

/**
 * @param {string} health
 * @returns {Tone}
 */
export function toneOfHealth(health) {
  return health === 'up' || health === 'down' ? health : 'unknown';
}

/** What an observer may say of a peer that means: this peer does not do its work. */
const accusations = new Set(['silent', 'hung', 'stopped', 'skipping', 'lying', 'store-down', 'watcher-silent']);
const aboutItself = new Set(['isolated', 'alone', 'abstaining']);

/** @param {string} state */
export const isAccusation = (state) => accusations.has(state);

/**
 * @param {string} state what a watch says
 * @returns {Tone}
 */
export function toneOfWatch(state) {
  if (state === 'reporting') return 'up';
  if (accusations.has(state)) return 'down';
  return aboutItself.has(state) ? 'unknown' : 'partial';
}
