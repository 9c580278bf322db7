/** What the proof does, step after step: each with its seconds, and facts that must hold. A fact that does not is said, and the run goes on. */

export interface Fact {
  readonly what: string;
  readonly isSo: boolean;
}

export interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly isGood: boolean;
}

export interface Steps {
  readonly done: readonly Step[];
  readonly facts: readonly Fact[];
  step<T>(name: string, body: () => Promise<T>): Promise<T>;
  fact(what: string, isSo: boolean, seen?: string): void;
  /** A line of progress. */
  say(text: string): void;
}

export function createSteps(print: (line: string) => void): Steps {
  const done: Step[] = [];
  const facts: Fact[] = [];
  return {
    done,
    facts,
    say: print,
    fact(what, isSo, seen) {
      facts.push({ what, isSo });
      print(`   ${isSo ? 'ok  ' : 'FAIL'} ${what}${seen === undefined ? '' : ` (${seen})`}`);
    },
    async step(name, body) {
      const startedAt = performance.now();
      const failedBefore = failedOf(facts);
      print(`-- ${name}`);
      const end = (isGood: boolean): void => {
        done.push({ name, seconds: Math.round((performance.now() - startedAt) / 100) / 10, isGood });
      };
      try {
        const result = await body();
        end(failedOf(facts) === failedBefore);
        return result;
      } catch (error) {
        end(false);
        throw error;
      }
    },
  };
}

export const failedOf = (facts: readonly Fact[]): number => facts.filter(({ isSo }) => !isSo).length;

/** Looks every quarter of a second until there is something to return. */
export async function until<T>(what: string, limitSeconds: number, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const startedAt = performance.now();
  for (let last: unknown; ; ) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() - startedAt > limitSeconds * 1000)
      throw new Error(`waited ${limitSeconds} s for ${what}${last instanceof Error ? `: ${last.message}` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
