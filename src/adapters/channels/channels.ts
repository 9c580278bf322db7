/** The real channels: each kind in a folder of its own, loaded when the first notice goes there. */
import type { RelayChannel } from '../../core/config/channels/channel';
import type { Notice } from '../../core/message/notice';
import { secretsIn, withSecrets } from '../../core/secret';
import type { Channels, Delivered } from '../../engine/ports';
import { isFailure } from '../probes/failure';
import { without } from '../probes/hidden-texts';
import { type Means, meansOf, type ProberOptions } from '../probes/means';
import type { Secrets } from '../secrets/secrets';
import type { ChannelAdapter, DirectAdapter } from './channel-adapter';
import { send } from './send';
import type { Answer, Post } from './wire';

type AdapterOf<Channel extends RelayChannel> = ChannelAdapter<Channel> | DirectAdapter<Channel>;

type Loaders = { readonly [Kind in RelayChannel['kind']]: () => Promise<AdapterOf<Extract<RelayChannel, { readonly kind: Kind }>>> };

const loaders: Loaders = {
  slack: async () => (await import('./slack/slack')).slack,
  teams: async () => (await import('./teams/teams')).teams,
  discord: async () => (await import('./discord/discord')).discord,
  pagerduty: async () => (await import('./pagerduty/pagerduty')).pagerduty,
  opsgenie: async () => (await import('./opsgenie/opsgenie')).opsgenie,
  ntfy: async () => (await import('./ntfy/ntfy')).ntfy,
  telegram: async () => (await import('./telegram/telegram')).telegram,
  amazonq: async () => (await import('./amazonq/amazonq')).amazonq,
  post: async () => (await import('./post/post')).post,
};

/** Each loader is found by the kind of the channel that is then handed to it. */
const adapterOf = (channel: RelayChannel): Promise<AdapterOf<RelayChannel>> => loaders[channel.kind]() as Promise<AdapterOf<RelayChannel>>;

export interface ChannelsOptions extends ProberOptions {
  readonly secrets: Secrets;
  readonly now: () => number;
}

export function createChannels({ secrets, now, ...options }: ChannelsOptions): Channels {
  const means = meansOf(options);
  return {
    async deliver(channel, notice, timeoutMs) {
      const references = secretsIn(channel);
      let hidden: readonly string[] = [];
      try {
        const read = await secrets.read(references);
        hidden = [...read.values()];
        const outcome = await delivered(withSecrets(channel, read), notice, { timeoutMs, means, seconds: Math.floor(now() / 1000) });
        if (outcome.kind === 'refused' && outcome.isStranger === true) secrets.forget(references);
        return outcome.kind === 'delivered' ? outcome : { ...outcome, reason: without(hidden, outcome.reason) };
      } catch (error) {
        return { kind: 'failed', reason: without(hidden, error instanceof Error ? error.message : String(error)) };
      }
    },
  };
}

interface Way {
  readonly timeoutMs: number;
  readonly means: Means;
  readonly seconds: number;
}

async function delivered(channel: RelayChannel, notice: Notice, { timeoutMs, means, seconds }: Way): Promise<Delivered> {
  const adapter = await adapterOf(channel);
  if ('deliver' in adapter) return adapter.deliver(notice, channel, timeoutMs);
  for (const post of await adapter.render(notice, channel, seconds)) {
    const outcome = await posted(post, { adapter, timeoutMs, means });
    if (outcome.kind !== 'delivered') return outcome;
  }
  return { kind: 'delivered' };
}

async function posted(
  post: Post,
  { adapter, timeoutMs, means }: Omit<Way, 'seconds'> & { readonly adapter: ChannelAdapter<RelayChannel> },
): Promise<Delivered> {
  if (!URL.canParse(post.url) || !/^https?:$/.test(new URL(post.url).protocol))
    return { kind: 'refused', reason: 'its address is no http address; look at its secret' };
  const answer = await send(post, timeoutMs, means);
  if (isFailure(answer)) return { kind: answer.reason === 'address-refused' ? 'refused' : 'failed', reason: `${answer.reason}: ${answer.detail}` };
  return outcomeOf(answer, adapter.refusal?.(answer));
}

/** What says that it is our fault will say so again. */
function outcomeOf({ status, retryAfterMs, opening }: Answer, refusal: string | undefined): Delivered {
  const said = opening === '' ? '' : `: ${opening}`;
  if (status >= 200 && status < 300) return refusal === undefined ? { kind: 'delivered' } : { kind: 'failed', reason: refusal };
  if (status >= 300 && status < 400)
    return { kind: 'refused', reason: `status ${status}: a redirect, which is not followed; write the address that it leads to` };
  if (status >= 500 || status === 429 || status === 408 || status === 425) return { kind: 'failed', reason: `status ${status}${said}`, retryAfterMs };
  return { kind: 'refused', reason: `status ${status}${said}`, ...(status === 401 || status === 403 ? { isStranger: true } : {}) };
}
