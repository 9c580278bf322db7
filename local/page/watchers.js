/** Who watches right now, as far as this page can tell; a region is not counted on old words. */
import { isAccusation } from './tones.js';
import { count, list } from './words.js';

/**
 * @typedef {import('./api.js').StatusView} StatusView
 * @typedef {import('./api.js').RegionView} RegionView
 * @typedef {{ readonly name: string, readonly role: 'prober' | 'witness', readonly why: string }} Missing
 *
 * `watching` names the probers at work; `lastBeatAgeMs` is the age of the newest beat of all.
 * @typedef {{ readonly probers: readonly string[], readonly watching: readonly string[], readonly witness: string | null,
 *   readonly missing: readonly Missing[], readonly lastBeatAgeMs: number | null }} Watchers
 */

/** A beat or a watch record older than this proves nothing, whatever the interval: beats come at least every minute. */
export const oldWordsMs = 130_000;

/**
 * @param {StatusView} status
 * @param {{ readonly dark: ReadonlySet<string>, readonly elapsedMs: number }} besides regions whose processes are known to be gone, and the age of `status`
 * @returns {Watchers}
 */
export function watchersOf(status, { dark, elapsedMs }) {
  const seen = { status, dark, elapsedMs };
  const beats = status.regions.flatMap(({ lastBeatAgeMs }) => (lastBeatAgeMs === null ? [] : [lastBeatAgeMs]));
  const judged = status.regions.map((region) => ({ name: region.name, role: region.role, why: whyNotWatching(region, seen) }));
  return {
    probers: judged.filter(({ role }) => role === 'prober').map(({ name }) => name),
    watching: judged.filter(({ role, why }) => role === 'prober' && why === '').map(({ name }) => name),
    witness: judged.find(({ role, why }) => role === 'witness' && why === '')?.name ?? null,
    missing: judged.filter(({ why }) => why !== ''),
    lastBeatAgeMs: beats.length === 0 ? null : Math.min(...beats) + elapsedMs,
  };
}

/**
 * Empty when the region is at work.
 * @param {RegionView} region
 * @param {{ readonly status: StatusView, readonly dark: ReadonlySet<string>, readonly elapsedMs: number }} seen
 */
function whyNotWatching({ name, role, lastBeatAgeMs }, { status, dark, elapsedMs }) {
  if (dark.has(name)) return 'is dark';
  const fresh = status.watches.filter(({ ageMs, observer }) => ageMs + elapsedMs <= oldWordsMs && !dark.has(observer));
  if (role === 'witness') return fresh.some(({ observer }) => observer === name) ? '' : 'has said nothing of late';
  if (lastBeatAgeMs === null) return 'has written no beat yet';
  if (lastBeatAgeMs + elapsedMs > oldWordsMs) return 'writes no beats';
  const accuser = fresh.find(({ observer, subject, state }) => subject === name && observer !== name && isAccusation(state));
  return accuser === undefined ? '' : `is ${accuser.state}, says ${accuser.observer}`;
}

/**
 * `2 regions and a witness watching`, or who still watches and who does not.
 * @param {Watchers} watchers
 */
export function watchersText({ probers, watching, witness, missing }) {
  const atWork = watching.length === probers.length ? count(probers.length, 'region') : list(watching);
  const parts = [...(watching.length > 0 ? [atWork] : []), ...(witness === null ? [] : ['a witness'])];
  const first = parts.length === 0 ? [] : [`${watching.length === 0 ? 'only ' : ''}${parts.join(' and ')} watching`];
  const told = watching.length === 0 ? missing.filter(({ role }) => role === 'witness') : missing;
  return [...first, ...told.map(({ name, role, why }) => `${role === 'witness' ? 'the witness ' : ''}${name} ${why}`)].join(' · ');
}
