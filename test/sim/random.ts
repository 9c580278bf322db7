/** Seeded randomness (sfc32). Each part of the world draws from a stream of its own, so a new draw in one part leaves the others as they were. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  private readonly seed: number;
  private readonly stream: string;

  constructor(seed: number, stream = '') {
    this.seed = seed;
    this.stream = stream;
    const mixed = mixText(seed, stream);
    this.a = mixed;
    this.b = seed >>> 0;
    this.c = Math.imul(mixed, 0x9e3779b9) >>> 0;
    for (let round = 0; round < 12; round += 1) this.word();
  }

  /** A stream of its own that is the same however much was drawn from this one, and takes nothing from it. */
  branch(name: string): Random {
    return new Random(this.seed, `${this.stream} ${name}`);
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.word() / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.unit() * (high - low);
  }

  /** A whole number, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.integer(0, from.length - 1)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  logNormal(median: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
    return median * Math.exp(sigma * normal);
  }

  private word(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }
}

function mixText(seed: number, text: string): number {
  let mixed = (seed ^ 0x811c9dc5) | 0;
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
  return mixed >>> 0;
}
