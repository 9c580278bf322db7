/** A button that asks the server to do something, and says in words what became of it. */
import { post } from './api.js';
import { drawList, make, setAttributes, setText } from './dom.js';

/**
 * `key` stays while the label changes, as of a button that undoes what it did. `useful` is false where pressing it would change nothing.
 * `asks` are sent one after the other.
 * @typedef {{ readonly key: string, readonly label: string, readonly named: string, readonly useful: boolean,
 *   readonly asks: readonly { readonly path: string, readonly body: unknown }[] }} Action
 */

/**
 * @param {HTMLElement} parent
 * @param {readonly Action[]} actions
 * @param {HTMLElement} report where the outcome is said
 */
export function drawActions(parent, actions, report) {
  drawList(parent, actions, { key: ({ key }) => key, row: () => actionButton(report) });
}

/**
 * A pressed or useless button stays focusable, so that a keyboard never loses its place.
 * @param {HTMLElement} report
 * @returns {{ readonly node: HTMLButtonElement, readonly draw: (action: Action) => void }}
 */
function actionButton(report) {
  const node = make('button');
  node.type = 'button';
  /** @type {Action | null} */
  let action = null;
  let pending = false;
  const show = () => {
    if (action === null) return;
    setText(node, pending ? `${action.label} …` : action.label);
    setAttributes(node, { 'aria-label': `${action.named}${pending ? ', under way' : ''}` });
    setAttributes(node, { 'aria-disabled': pending || !action.useful ? 'true' : null, 'aria-busy': pending ? 'true' : null });
  };
  node.addEventListener('click', () => {
    if (action === null || pending || !action.useful) return;
    const pressed = action;
    pending = true;
    show();
    void perform(pressed, report).then(() => {
      pending = false;
      show();
    });
  });
  return {
    node,
    draw: (next) => {
      action = next;
      show();
    },
  };
}

/**
 * @param {Action} action
 * @param {HTMLElement} report
 */
async function perform(action, report) {
  say(report, `${action.named}: under way …`, 'pending');
  try {
    for (const { path, body } of action.asks) await post(path, body);
    say(report, `${action.named}: done.`, 'done');
  } catch (error) {
    say(report, `${action.named}: not done, ${error instanceof Error ? error.message : String(error)}.`, 'failed');
  }
  document.dispatchEvent(new Event('twinwatch:acted'));
}

/**
 * @param {HTMLElement} report
 * @param {string} text
 * @param {'pending' | 'done' | 'failed'} outcome
 */
function say(report, text, outcome) {
  setText(report, text);
  setAttributes(report, { 'data-outcome': outcome });
}
