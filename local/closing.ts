/** What was opened and must be closed, the last first. */
export class Closing {
  readonly #ends: (() => Promise<void> | void)[] = [];
  readonly #kills: (() => void)[] = [];
  #closed: Promise<void> | undefined;

  /** `kill` is for when there is no time left; it must not wait for anything. */
  add(end: () => Promise<void> | void, kill?: () => void): void {
    this.#ends.push(end);
    if (kill !== undefined) this.#kills.push(kill);
  }

  /** Closes everything once; what fails to close keeps nothing else from closing. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  killAll(): void {
    for (const kill of this.#kills) kill();
  }

  async #closeAll(): Promise<void> {
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
