/** Drawn symbols, so that colour is never the only sign and no font decides how they look. Each stands beside its word. */
import { makeSvg, setAttributes, setClass } from './dom.js';

/** @typedef {'up' | 'single' | 'partial' | 'down' | 'unknown'} Tone */

const ring = 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z';
/** @type {Record<Tone, { readonly filled: string, readonly lines: string }>} */
const shapes = {
  up: { filled: '', lines: `${ring}M5 8.3l2.1 2.1L11 6` },
  single: { filled: '', lines: `${ring}M5 8.3l2.1 2.1L11 6` },
  partial: { filled: 'M8 1.5a6.5 6.5 0 0 0 0 13z', lines: ring },
  down: { filled: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', lines: '' },
  unknown: { filled: '', lines: 'M6 6.4c0-2.6 4.1-2.6 4.1 0c0 1.5-2.1 1.5-2.1 3M8 11.6v.3' },
};

/**
 * A symbol whose tone can be changed.
 * @returns {{ readonly node: SVGSVGElement, readonly draw: (tone: Tone) => void }}
 */
export function symbol() {
  const filled = makeSvg('path', { fill: 'currentColor' });
  const lines = makeSvg('path', { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  const dashes = makeSvg('path', { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4, 'stroke-dasharray': '2.4 2.2' });
  const cross = makeSvg('path', {
    class: 'knocked-out',
    d: 'M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2',
    fill: 'none',
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
  });
  const node = makeSvg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, filled, lines, dashes, cross);
  const draw = (/** @type {Tone} */ tone) => {
    setClass(node, `symbol ${tone}`);
    setAttributes(filled, { d: shapes[tone].filled });
    setAttributes(lines, { d: shapes[tone].lines });
    setAttributes(dashes, { d: tone === 'unknown' ? ring : '' });
    setAttributes(cross, { display: tone === 'down' ? null : 'none' });
  };
  draw('unknown');
  return { node, draw };
}
