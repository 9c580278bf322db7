/** The few touches of the document that the page needs. Text goes in as text, and only what changed is written. */

const svgSpace = 'http://www.w3.org/2000/svg';

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = '', ...children) {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | null>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(svgSpace, tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/**
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number | null>} attributes `null` takes one away
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/**
 * @param {HTMLElement | SVGElement} element
 * @param {string} className
 */
export function setClass(element, className) {
  setAttributes(element, { class: className === '' ? null : className });
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no element "${id}"`);
  return element;
}

const tableRoles = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', 'thead tr': 'row', 'thead th': 'columnheader' };

/** A table that narrow screens lay out as cards stays a table for those who hear it. */
export function nameTableParts() {
  for (const [selector, role] of Object.entries(tableRoles)) {
    for (const element of document.querySelectorAll(selector)) setAttributes(element, { role });
  }
}

/**
 * What stands for one item of a list, and how it is brought up to date.
 * @template Item
 * @typedef {{ readonly node: HTMLElement | SVGElement, readonly draw: (item: Item) => void }} Row
 */

/** @type {WeakMap<Element, Map<string, Row<any>>>} */
const rowsOf = new WeakMap();

/**
 * Draws a list so that a node stays the same node for as long as its key is there: focus, selection and scroll survive.
 * @template Item
 * @param {Element} parent
 * @param {readonly Item[]} items
 * @param {{ key: (item: Item) => string, row: (item: Item) => Row<Item> }} how
 */
export function drawList(parent, items, how) {
  const before = rowsOf.get(parent) ?? new Map();
  /** @type {Map<string, Row<Item>>} */
  const after = new Map();
  for (const item of items) {
    const key = freeKey(after, how.key(item));
    const row = before.get(key) ?? how.row(item);
    row.draw(item);
    after.set(key, row);
  }
  for (const [key, row] of before) if (!after.has(key)) row.node.remove();
  let next = parent.firstElementChild;
  for (const { node } of after.values()) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
  rowsOf.set(parent, after);
}

/**
 * Two items under one key are both shown.
 * @param {Map<string, unknown>} taken
 * @param {string} key
 */
function freeKey(taken, key) {
  let free = key;
  for (let copy = 2; taken.has(free); copy += 1) free = `${key} (${copy})`;
  return free;
}
