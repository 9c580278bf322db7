/** What a kind of channel is to the relay: a notice in its own form, and what its answers mean. */
import type { RelayChannel } from '../../core/config/channels/channel';
import type { Notice } from '../../core/message/notice';
import type { Delivered } from '../../engine/ports';
import type { Answer, Post } from './wire';

/** It has another way than a request of its own. */
export interface DirectAdapter<Channel extends RelayChannel> {
  deliver(notice: Notice, channel: Channel, timeoutMs: number): Promise<Delivered>;
}

export interface ChannelAdapter<Channel extends RelayChannel> {
  /** What is sent, one after the other. It is pure but for its templates; `seconds` is the time for signatures. */
  render(notice: Notice, channel: Channel, seconds: number): readonly Post[] | Promise<readonly Post[]>;
  /** Whether an answer with a good status is none all the same, and why. */
  refusal?(answer: Answer): string | undefined;
}

export const json = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Post => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
