/** Secrets as functions read them: when they are used, kept for a while, and never in anything that is said. */
import { type SecretPlace, secretPlace } from '../../core/secret';

export interface Secrets {
  /** What each reference stands for. Throws where one cannot be read; the error names the reference, never a value. */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Reads them anew when they are used next: a receiver did not take what they were. */
  forget(references: readonly string[]): void;
}

/** Throws with a `name` that says why it cannot be read. */
export type ReadSecret = (place: SecretPlace) => Promise<string>;

export interface SecretsOptions {
  readonly readSecret: ReadSecret;
  /** Counts on from anywhere. */
  readonly elapsedMs: () => number;
}

/** So long a secret that was changed may still be used as it was. */
const keptMs = 5 * 60_000;
/** A store that fails is not asked at each use. */
const failureKeptMs = 10_000;

interface Kept {
  readonly value: Promise<string>;
  readonly until: number;
}

export function createSecrets({ readSecret, elapsedMs }: SecretsOptions): Secrets {
  const kept = new Map<string, Kept>();
  const lastGood = new Map<string, string>();
  const fresh = async (reference: string): Promise<string> => {
    try {
      const value = await readOne(reference, readSecret);
      lastGood.set(reference, value);
      return value;
    } catch (error) {
      kept.set(reference, { value: Promise.reject(error), until: elapsedMs() + failureKeptMs });
      kept.get(reference)?.value.catch(() => undefined);
      // What it was before most likely still holds: to say nothing is worse than to be refused.
      const before = lastGood.get(reference);
      if (before !== undefined) return before;
      throw error;
    }
  };
  const current = (reference: string): Promise<string> => {
    const known = kept.get(reference);
    if (known !== undefined && elapsedMs() < known.until) return known.value.catch(() => lastGood.get(reference) ?? known.value);
    const value = fresh(reference);
    kept.set(reference, { value, until: elapsedMs() + keptMs });
    return value;
  };
  return {
    async read(references) {
      const values = await Promise.all(references.map(async (reference) => [reference, await current(reference)] as const));
      return new Map(values);
    },
    forget(references) {
      for (const reference of references) kept.delete(reference);
    },
  };
}

async function readOne(reference: string, readSecret: ReadSecret): Promise<string> {
  const place = secretPlace(reference);
  if (place === undefined) throw unreadable(reference, 'this can be no name of a secret');
  const text = await readSecret(place).catch((error: unknown) => {
    throw unreadable(reference, error instanceof Error ? error.name : 'unknown');
  });
  const value = place.field === undefined ? text : fieldOf(text, place.field);
  if (value === undefined) throw unreadable(reference, `it is no JSON object with the text "${place.field}" in it`);
  // Whoever stores a secret from a file stores its last line break, too, which no header could hold.
  const trimmed = value.replace(/\r?\n$/, '');
  if (trimmed === '') throw unreadable(reference, 'it is empty');
  return trimmed;
}

const unreadable = (reference: string, why: string): Error => new Error(`the secret ${reference} could not be read (${why})`);

function fieldOf(text: string, field: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const found = typeof value === 'object' && value !== null && Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined;
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  } catch {
    return undefined;
  }
}
