/** SNS: one topic per region that accepts messages and remembers them, or refuses them. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Message, Topics } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Network } from './network';

/** A message as a topic accepted it. */
export interface Accepted {
  readonly topic: RegionId;
  readonly sender: RegionId;
  readonly message: Message;
  /** Whether it went on to anybody; who published it cannot know. */
  readonly isDelivered: boolean;
}

export class SimulatedTopics {
  onAccepted: (accepted: Accepted) => void = () => undefined;
  private readonly network: Network;
  private readonly failing = new Set<RegionId>();
  private readonly dropping = new Set<RegionId>();
  private count = 0;

  constructor(network: Network) {
    this.network = network;
  }

  /** Makes the topic of a region refuse everything. */
  fail(region: RegionId): () => void {
    this.failing.add(region);
    return () => {
      this.failing.delete(region);
    };
  }

  /** Makes the topic of a region accept everything and deliver nothing. */
  drop(region: RegionId): () => void {
    this.dropping.add(region);
    return () => {
      this.dropping.delete(region);
    };
  }

  topicsFor(sender: Environment): Topics {
    return {
      publish: (topic, message) =>
        this.network.call(sender, topic, () => {
          if (this.failing.has(topic)) throw new Error(`the topic in ${topic} refuses messages`);
          this.count += 1;
          this.onAccepted({ topic, sender: sender.region, message, isDelivered: !this.dropping.has(topic) });
          return `message-${this.count}`;
        }),
    };
  }
}
