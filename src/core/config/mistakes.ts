/** What is wrong with a configuration, where, and what to write instead. */

/** Keys and list positions from the root of the file to a value. */
export type Path = readonly (string | number)[];

/** Something wrong with the value at a path; `offset` where the path alone does not lead to it. */
export interface Fault {
  readonly path: Path;
  readonly problem: string;
  /** What to do, as an order or a question. */
  readonly advice: string;
  readonly offset?: number | undefined;
}

/** A fault with its place in the file; lines and columns count from 1. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Such as `monitors.checkout.http.url`; empty for the file as a whole. */
  readonly path: string;
  readonly problem: string;
  readonly advice: string;
}

/** `twinwatch.yaml:12:5 monitors.checkout.interval: 60 has no unit; write 60s` */
export function formatMistake({ file, line, column, path, problem, advice }: Mistake): string {
  const where = path === '' ? `${file}:${line}:${column}` : `${file}:${line}:${column} ${path}`;
  return `${where}: ${problem}; ${advice}`;
}

export function byPosition(a: Mistake, b: Mistake): number {
  return a.line - b.line || a.column - b.column || compareText(a.path, b.path) || compareText(a.problem, b.problem);
}

/** Plain order of code units, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** `regions.probers[0]`, `monitors["a.b"].http` */
export const pathText = (path: Path): string => path.map(stepText).join('').replace(/^\./, '');

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[A-Za-z0-9_-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/** A path as a key of maps. */
export const pathKey = (path: Path): string => JSON.stringify(path);
