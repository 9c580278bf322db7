/** Paths into JSON as RFC 9535 has them, but for what could take more than a few passes over a body. */
import { JSONPathEnvironment } from 'json-p3';

const environment = new JSONPathEnvironment();
// Both would judge patterns in more than linear time; `matches` does it in linear time.
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/** Why a path is not taken, in words. */
export function jsonPathTrouble(path: unknown): string | undefined {
  if (typeof path !== 'string') return 'it is no text';
  if (path.length > 500) return 'it is longer than 500 characters';
  try {
    environment.compile(path);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 100) : 'it cannot be read';
  }
  return costOf(path.replace(/'(\\.|[^'\\])*'|"(\\.|[^"\\])*"/g, ''));
}

/** Each of these, repeated, multiplies the work instead of adding to it. */
function costOf(bare: string): string | undefined {
  if ((bare.match(/\.\./g)?.length ?? 0) > 1) return 'it has more than one ..';
  if (bare.indexOf('$', 1) > 0) return 'it begins at the root again';
  return /\[[^\]?(]*,/.test(bare) ? 'it has several selectors in one bracket' : undefined;
}
