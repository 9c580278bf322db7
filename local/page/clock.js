/** One clock for every age on the page. An age is never understated: a laptop that slept stops the steady clock, one set back hides wall time. */

let wall = Date.now();
let steady = performance.now();
let page = wall;
/** Time of the server minus time of the page. */
let offsetMs = 0;

/** Page time in ms: begins as the local clock and moves by whichever clock moved more. */
export function pageNow() {
  const wallNow = Date.now();
  const steadyNow = performance.now();
  page += Math.max(wallNow - wall, steadyNow - steady, 0);
  wall = wallNow;
  steady = steadyNow;
  return page;
}

/**
 * @param {string | undefined} iso what the server's clock said
 * @param {number | null} askedAt page time at which it was asked
 */
export function hearServerTime(iso, askedAt) {
  const heard = Date.parse(iso ?? '');
  if (!Number.isNaN(heard) && askedAt !== null) offsetMs = heard - askedAt;
}

/**
 * The page time of a time the server wrote; `null` where there is none, or none that can be read.
 * @param {string | null | undefined} iso
 * @returns {number | null}
 */
export function pageTime(iso) {
  const ms = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(ms) ? null : ms - offsetMs;
}

/**
 * @param {number} atPageTime
 * @returns {string} such as `2026-11-20T04:02:10Z`
 */
export function utc(atPageTime) {
  return `${new Date(Math.round((atPageTime + offsetMs) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
