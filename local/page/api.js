/** What the page hears from the server, and when it last heard it. */
import { pageNow } from './clock.js';

/**
 * @typedef {import('../../src/core/views').StatusView} StatusView
 * @typedef {import('../../src/core/views').MonitorView} MonitorView
 * @typedef {import('../../src/core/views').MonitorRegionView} MonitorRegionView
 * @typedef {import('../../src/core/views').RegionView} RegionView
 * @typedef {import('../../src/core/views').WatchView} WatchView
 * @typedef {import('../../src/core/views').IncidentView} IncidentView
 * @typedef {import('../../src/core/views').AnnouncementView} AnnouncementView
 * @typedef {import('../../src/core/views').ReportView} ReportView
 * @typedef {import('../../src/core/views').SegmentView} SegmentView
 * @typedef {import('../../src/core/views').LatencyView} LatencyView
 *
 * @typedef {{ name: string, role: 'prober' | 'witness', state: 'running' | 'dark' | 'starting', pid: number | null, port: number, engine: string,
 *   processes: readonly { name: string, pid: number }[] }} LocalRegion
 * @typedef {{ from: string, to: string, cut: boolean, delayMs: number }} LocalLink one direction
 * @typedef {{ name: string, url: string, broken: 'no' | 'everywhere' | readonly string[] }} LocalService
 * @typedef {{ name: string, kind: string, endpoint: string }} LocalChannel
 * @typedef {{ topic: string, subscription: string, protocol: string, endpoint: string, messageId: string, status: string, attempts: number,
 *   at: string, detail: string }} LocalDelivery
 * @typedef {{ id: string, kind: string, what: string, startedAt: string }} LocalDrill
 * @typedef {{ region: string, name: string, description: string, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', reason: string, since: string }} LocalAlarm
 * @typedef {{ startedAt: string, data: string, regions: readonly LocalRegion[], links: readonly LocalLink[], services: readonly LocalService[],
 *   channels: readonly LocalChannel[], deliveries: readonly LocalDelivery[], drills: readonly LocalDrill[],
 *   alarms: readonly LocalAlarm[] }} LocalView
 */

/**
 * One address that is asked again and again. `view` is the last answer, `askedAt` the page time of the question it answers.
 * @template View
 * @typedef {{ readonly path: string, readonly lists: readonly string[], view: View | null, askedAt: number | null, failure: string, asking: boolean }} Source
 */

const notYetAsked = 'not asked yet';
const patienceMs = 4000;
const patienceForActsMs = 30_000;

/**
 * @template View
 * @param {string} path
 * @param {readonly string[]} lists names of the lists that an answer must hold; none means the answer itself is the list
 * @returns {Source<View>}
 */
export function newSource(path, lists) {
  return { path, lists, view: null, askedAt: null, failure: notYetAsked, asking: false };
}

/** Whether neither an answer nor a failure has come yet. @param {Pick<Source<unknown>, 'view' | 'failure'>} source */
export const isFirstAwaited = ({ view, failure }) => view === null && failure === notYetAsked;

/**
 * Asks once; an answer that cannot be used leaves the old view, with its old age. True when there is a new view.
 * @template View
 * @param {Source<View>} source
 */
export async function ask(source) {
  if (source.asking) return false;
  source.asking = true;
  const askedAt = pageNow();
  try {
    const response = await fetch(source.path, { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) throw new Error(await refusal(response));
    source.view = usable(await response.json(), source.lists);
    source.askedAt = askedAt;
    source.failure = '';
    return true;
  } catch (error) {
    source.failure = inWords(error);
    return false;
  } finally {
    source.asking = false;
  }
}

/**
 * @param {any} answer
 * @param {readonly string[]} lists
 */
function usable(answer, lists) {
  const whole = lists.length === 0 ? Array.isArray(answer) : lists.every((name) => Array.isArray(answer?.[name]));
  if (!whole) throw new Error('the answer has not the expected shape');
  return answer;
}

/**
 * Asks the server to do something. Throws an error whose message can be shown.
 * @param {string} path
 * @param {unknown} body
 */
export async function post(path, body) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceForActsMs),
  };
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    throw new Error(inWords(error), { cause: error });
  }
  if (!response.ok) throw new Error(await refusal(response));
}

/** @param {Response} response */
async function refusal(response) {
  const text = (await response.text().catch(() => '')).trim();
  return `the server answered ${response.status}${text === '' ? '' : `: ${errorOf(text).slice(0, 200)}`}`;
}

/** @param {string} text */
function errorOf(text) {
  try {
    const { error, message } = JSON.parse(text);
    return String(error ?? message ?? text);
  } catch {
    return text;
  }
}

/** @param {unknown} error */
function inWords(error) {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  if (error instanceof TypeError) return 'nobody answers; is twinwatch still running?';
  return error instanceof Error ? error.message : String(error);
}
