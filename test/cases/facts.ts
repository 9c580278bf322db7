/** What the tests of other monitors say, in our words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fact {
  readonly id: string;
  /** repository@commit:file#test */
  readonly source: string;
  readonly fact: string;
  /** What the other monitor does. */
  readonly peer: string;
}

const folder = join(__dirname, 'facts');

export const facts: readonly Fact[] = readdirSync(folder)
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fact[]);

export function factOf(id: string): Fact {
  const fact = facts.find((one) => one.id === id);
  if (fact === undefined) throw new Error(`there is no fact ${id}`);
  return fact;
}
