/** How words are coloured. Nothing is drawn as good that is not known to be good, and beside every colour stand a sign and a word. */
import { minute } from '../basics/time';
import type { MonitorView, WatchView } from '../views';
import { type Html, html } from './html';

export type Tone = 'up' | 'amber' | 'down' | 'unknown';

/** `up` that one region alone vouches for, or that does not last, is amber. */
export function toneOfMonitor({ verdict, certainty, isFlaky }: Pick<MonitorView, 'verdict' | 'certainty' | 'isFlaky'>): Tone {
  if (verdict === 'up') return isFlaky || certainty !== 'confirmed' ? 'amber' : 'up';
  return ofTrouble[verdict] ?? 'unknown';
}

const ofTrouble: Readonly<Record<string, Tone>> = { down: 'down', misidentified: 'down', partial: 'amber' };

/** What an observer may say of a region that means: this one does not do its work. */
const accusations: readonly string[] = ['silent', 'hung', 'stopped', 'skipping', 'lying', 'store-down', 'watcher-silent'];
/** What it says of itself: then its word on others is worth little. */
const aboutItself: readonly string[] = ['isolated', 'alone', 'abstaining'];

/** Words that were said so long ago say nothing of now: watchdogs look every minute, or all the time where beats are shorter. */
export const oldWordsMs = (beatIntervalMs: number): number => (beatIntervalMs < minute ? minute / 2 : 2.5 * minute);

export function toneOfWatch({ state, ageMs }: Pick<WatchView, 'state' | 'ageMs'>, beatIntervalMs: number): Tone {
  if (ageMs > oldWordsMs(beatIntervalMs) || aboutItself.includes(state)) return 'unknown';
  if (state === 'reporting') return 'up';
  return accusations.includes(state) ? 'down' : 'amber';
}

const worstFirst: readonly Tone[] = ['down', 'amber', 'unknown', 'up'];

/** Unknown where there is nothing. */
export const worstTone = (tones: readonly Tone[]): Tone => worstFirst.find((tone) => tones.includes(tone)) ?? 'unknown';

const shapes: Readonly<Record<Tone, Html>> = {
  up: html`<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8.3l2.1 2.1L11.2 6" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  amber: html`<path d="M8 1.2L15.2 14.4H.8z" fill="currentColor"/><path d="M8 6v4M8 11.4v1.5" class="tw-out" stroke-width="1.7"/>`,
  down: html`<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor"/><path d="M5.5 5.5l5 5M10.5 5.5l-5 5" class="tw-out" stroke-width="1.8"/>`,
  unknown: html`<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.2"/><path d="M6 6.4c0-2.7 4-2.5 4 0C10 8 8 7.9 8 9.6M8 11.2v1" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
};

export const sign = (tone: Tone): Html => html`<svg class="tw-sign tw-${tone}" viewBox="0 0 16 16" aria-hidden="true">${shapes[tone]}</svg>`;
