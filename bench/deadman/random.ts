/** Seeded randomness by place, not by order: the draws of beat 17 are the same whoever asks for them, and however often. */
export class Random {
  private state = 0;

  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The draws that belong to one thing of one stream. */
  at(stream: number, index: number): this {
    let mixed = Math.imul(this.seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b) ^ Math.imul(index | 0, 0x27d4eb2f) ^ Math.imul(Math.floor(index / 2 ** 32), 0x165667b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    this.state = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) | 0;
    return this;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }
}
