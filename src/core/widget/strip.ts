/** The last day of a monitor as a strip: what was not watched is thin and grey, never as high as what was. */
import { availabilityText, percentText } from '../availability';
import { parseTime } from '../basics/time';
import type { ReportView, SegmentView } from '../views';
import { type Html, html } from './html';

type State = SegmentView['state'];

/** Quarters of an hour. */
const cells = 96;
/** One moment of it makes a cell what it is: a minute that nobody watched must not be drawn over. */
const gravest: readonly State[] = ['down', 'unknown', 'paused', 'up'];

export function stripHtml(report: ReportView): Html {
  const bars = joined(cellsOf(report)).map(({ state, from, to }) => {
    const [y, height] = state === 'unknown' ? [4, 2] : [0, 10];
    return html`<rect class="tw-bar-${state}" x="${from}" y="${y}" width="${to - from}" height="${height}"/>`;
  });
  return html`<svg class="tw-strip" viewBox="0 0 ${cells} 10" preserveAspectRatio="none" role="img" aria-label="the last 24 hours: ${availabilityText(report)}">${bars}</svg>${shareHtml(report)}`;
}

function shareHtml({ known, coverage }: ReportView): Html {
  if (known === null || coverage === null) return html`<p class="tw-quiet">nothing is known of 24 h</p>`;
  const covered = coverage === 1 ? html`<i>all of it watched</i>` : html`of the <span class="tw-gap">${percentText(coverage)} %</span> that was watched`;
  return html`<p><b>${percentText(known)} %</b> up</p><p>${covered}</p>`;
}

function cellsOf({ from, to, segments }: ReportView): readonly State[] {
  const begins = timeOf(from);
  const cellMs = (timeOf(to) - begins) / cells;
  const states = new Array<State>(cells).fill('up');
  for (const segment of segments) {
    const first = Math.max(0, Math.floor((timeOf(segment.from) - begins) / cellMs));
    const last = Math.min(cells, Math.ceil((timeOf(segment.to) - begins) / cellMs));
    for (let cell = first; cell < last; cell += 1) states[cell] = graver(states[cell] ?? 'up', segment.state);
  }
  return segments.length === 0 ? states.fill('unknown') : states;
}

const timeOf = (text: string): number => parseTime(text) ?? 0;

const graver = (one: State, other: State): State => (gravest.indexOf(other) < gravest.indexOf(one) ? other : one);

interface Bar {
  readonly state: State;
  readonly from: number;
  readonly to: number;
}

/** Neighbours that are alike become one. */
function joined(states: readonly State[]): readonly Bar[] {
  const bars: Bar[] = [];
  states.forEach((state, cell) => {
    const last = bars.at(-1);
    if (last?.state === state) bars[bars.length - 1] = { ...last, to: cell + 1 };
    else bars.push({ state, from: cell, to: cell + 1 });
  });
  return bars;
}
