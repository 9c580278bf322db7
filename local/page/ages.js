/** Ages that tick: each is an element that knows when its age began. */
import { pageNow, utc } from './clock.js';
import { setAttributes, setText } from './dom.js';
import { ageText } from './words.js';

/**
 * Makes an element show its age from now on, with the exact time for those who point at it.
 * @param {HTMLElement | SVGElement} element
 * @param {number | null} bornAt page time; `null` where nobody knows
 * @param {string} [never] what stands there then
 */
export function setAge(element, bornAt, never = 'never') {
  if (bornAt === null) {
    delete element.dataset.born;
    setAttributes(element, { title: null, datetime: null });
    setText(element, never);
    return;
  }
  element.dataset.born = String(Math.round(bornAt));
  const exact = utc(bornAt);
  setAttributes(element, { title: exact.replace('T', ' ').replace('Z', ' UTC'), datetime: element instanceof HTMLTimeElement ? exact : null });
  setText(element, ageText(pageNow() - bornAt));
}

/** Lets every age on the page grow. */
export function tickAges() {
  const now = pageNow();
  for (const element of document.querySelectorAll('[data-born]')) {
    if (element instanceof HTMLElement || element instanceof SVGElement) setText(element, ageText(now - Number(element.dataset.born)));
  }
}
