/** What may be hashed of a probe: a hash is shown, and short values could be guessed from it. */
import { secretsIn } from '../secret';
import { compareText } from './mistakes';
import { isMap, valueAt } from './plain-value';
import { hasReference } from './references';

export interface Forms {
  readonly written: unknown;
  readonly resolved: unknown;
}

/** The same value, with every text that came out of a reference put back as it was written. */
export function withReferences(built: unknown, forms: Forms): unknown {
  const texts = referencedTexts(forms);
  return texts.size === 0 ? built : restored(built, texts);
}

/** Shorter ones are found in innocent words, and are no secrets. */
const hiddenLengthMin = 5;

/** What references stand for, the longest first: nothing that is said of the monitor may hold it. */
export function hiddenTexts(forms: Forms): readonly string[] {
  const values = [...referencedTexts(forms)].flatMap(([resolved, written]) => [resolved, valueIn(resolved, written)]);
  // A secret is not known here: whoever reads it hides it.
  return [...new Set(values)]
    .filter((value) => value.length >= hiddenLengthMin && secretsIn(value).length === 0)
    .toSorted((a, b) => b.length - a.length || compareText(a, b));
}

/** Of a text with one reference, what that one stands for. */
function valueIn(resolved: string, written: string): string {
  const [before = '', after, ...more] = written.split(/\$\{[^}]*\}/);
  return after === undefined || more.length > 0 ? resolved : resolved.slice(before.length, resolved.length - after.length);
}

function referencedTexts({ written, resolved }: Forms): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  collect(written, resolved, texts);
  return texts;
}

function collect(written: unknown, resolved: unknown, texts: Map<string, string>): void {
  if (typeof written === 'string' && typeof resolved === 'string') {
    if (hasReference(written)) texts.set(resolved, written);
  } else if (Array.isArray(written)) {
    for (const [index, part] of written.entries()) collect(part, valueAt(resolved, [index]), texts);
  } else if (isMap(written)) {
    for (const [key, part] of Object.entries(written)) collect(part, valueAt(resolved, [key]), texts);
  }
}

function restored(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => restored(part, texts));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, restored(part, texts)]));
}
