/** The way from this edge to the edge of another region: the one place where it can be cut or slowed, per direction. */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionId } from '../../src/core/basics/brand';
import type { Answer } from './http-exchange';
import { type Outgoing, sendHttp } from './http-send';

/** What goes over a link; the link knows where to. */
export type Parcel = Omit<Outgoing, 'url'> & { readonly target: string };

export interface LinkView {
  readonly to: RegionId;
  readonly url: string | null;
  readonly cut: boolean;
  readonly delayMs: number;
}

export class Link {
  readonly to: RegionId;
  readonly #agent = new Agent({ keepAlive: true });
  #url: string | undefined;
  #isCut = false;
  #delayMs = 0;

  constructor(to: RegionId) {
    this.to = to;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  leadsTo(url: string): void {
    this.#url = url;
  }

  set(state: { readonly cut: boolean; readonly delayMs: number }): void {
    this.#isCut = state.cut;
    this.#delayMs = state.delayMs;
  }

  /**
   * Throws when nobody answers at the other end, and when the signal says that the caller gave up. A cut link is a
   * blackhole: what is sent into it, or would come back out of it, is waited for until the caller gives up.
   */
  async send(parcel: Parcel, gone: AbortSignal): Promise<Answer> {
    if (this.#isCut) await never(gone);
    if (this.#delayMs > 0) await sleep(this.#delayMs, undefined, { signal: gone });
    if (this.#isCut) await never(gone);
    if (this.#url === undefined) throw new Error(`the edge of ${this.to} is not known yet`);
    const { target, ...rest } = parcel;
    const answer = await sendHttp({ ...rest, url: new URL(target, this.#url).href }, { agent: this.#agent, signal: gone });
    if (this.#isCut) await never(gone);
    return answer;
  }

  view(): LinkView {
    return { to: this.to, url: this.#url ?? null, cut: this.#isCut, delayMs: this.#delayMs };
  }

  close(): void {
    this.#agent.destroy();
  }
}

function never(gone: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = () => reject(new Error('the caller gave up'));
    if (gone.aborted) giveUp();
    else gone.addEventListener('abort', giveUp, { once: true });
  });
}
