/** Pieces of a chart that say what they are when they are pointed at, or reached by keyboard: one stop of Tab for each chart, arrows within. */
import { drawList, makeSvg, setAttributes, setClass, setText } from './dom.js';

/** @typedef {{ readonly key: string, readonly className: string, readonly text: string, readonly box: Record<string, string | number> }} Piece */

/**
 * @param {SVGElement} parent
 * @param {HTMLElement} told where the words of the piece in question stand
 */
export function pieceList(parent, told) {
  const say = (/** @type {Event} */ { target }) => {
    const piece = target instanceof Element ? target.closest('.piece') : null;
    if (piece !== null) setText(told, piece.getAttribute('aria-label') ?? '');
  };
  parent.addEventListener('pointerover', say);
  parent.addEventListener('focusin', say);
  parent.addEventListener('keydown', (event) => move(parent, event));
  return (/** @type {readonly Piece[]} */ pieces) => {
    drawList(parent, pieces, { key: ({ key }) => key, row: pieceRow });
    const nodes = piecesIn(parent);
    if (nodes.length > 0 && !nodes.some((node) => node.tabIndex === 0)) nodes.at(-1)?.setAttribute('tabindex', '0');
  };
}

function pieceRow() {
  const title = makeSvg('title');
  const node = makeSvg('rect', { role: 'img', tabindex: -1 }, title);
  const draw = (/** @type {Piece} */ { className, text, box }) => {
    setClass(node, `piece ${className}`);
    setAttributes(node, { 'aria-label': text, ...box });
    setText(title, text);
  };
  return { node, draw };
}

/** @param {Element} parent */
const piecesIn = (parent) => /** @type {SVGElement[]} */ ([...parent.querySelectorAll('.piece')]);

/**
 * @param {Element} parent
 * @param {Event} event
 */
function move(parent, event) {
  if (!(event instanceof KeyboardEvent)) return;
  const pieces = piecesIn(parent);
  const at = pieces.indexOf(/** @type {SVGElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const targets = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: pieces.length - 1 };
  const next = pieces[targets[event.key] ?? -1];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  pieces[at]?.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}
