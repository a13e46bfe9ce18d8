import type { ByteText } from "../../../busybox/byte-text.js";
import type { Reply } from "../protocol/reply.js";
import type { Client } from "./client.js";
import { globTest } from "./glob.js";

/** The kinds of subscriptions: to a channel, to a pattern of channels, to a channel of a shard. */
export type SubscriptionKind = "channel" | "pattern" | "shard";

interface Topic {
  readonly clients: Set<Client>;
  readonly matches: (channel: ByteText) => boolean;
}

/** Who has subscribed to what. */
export class PubSub {
  readonly #topics: Readonly<Record<SubscriptionKind, Map<ByteText, Topic>>> = {
    channel: new Map(),
    pattern: new Map(),
    shard: new Map(),
  };

  subscribe(client: Client, kind: SubscriptionKind, name: ByteText): void {
    const topics = this.#topics[kind];
    const topic = topics.get(name) ?? {
      clients: new Set(),
      matches: kind === "pattern" ? globTest(name) : () => true,
    };
    topics.set(name, topic);
    topic.clients.add(client);
    client.subscriptions[kind].add(name);
  }

  unsubscribe(client: Client, kind: SubscriptionKind, name: ByteText): void {
    const topic = this.#topics[kind].get(name);
    client.subscriptions[kind].delete(name);
    topic?.clients.delete(client);
    if (topic?.clients.size === 0) this.#topics[kind].delete(name);
  }

  /** Ends all subscriptions of a client. */
  leave(client: Client): void {
    for (const kind of ["channel", "pattern", "shard"] as const) {
      for (const name of [...client.subscriptions[kind]]) this.unsubscribe(client, kind, name);
    }
  }

  /** Sends a message to the subscribers. Returns their number. */
  publish(kind: "channel" | "shard", channel: ByteText, message: ByteText): number {
    let receivers = 0;
    const send = (topic: Topic | undefined, items: readonly Reply[]): void => {
      for (const client of topic?.clients ?? []) {
        client.push(items);
        receivers++;
      }
    };
    const isShard = kind === "shard";
    send(this.#topics[kind].get(channel), [isShard ? "smessage" : "message", channel, message]);
    if (isShard) return receivers;
    for (const [pattern, topic] of this.#topics.pattern) {
      if (topic.matches(channel)) send(topic, ["pmessage", pattern, channel, message]);
    }
    return receivers;
  }

  /** The names of a kind that have a subscriber. */
  names(kind: SubscriptionKind): ByteText[] {
    return [...this.#topics[kind].keys()];
  }

  subscribers(kind: SubscriptionKind, name: ByteText): number {
    return this.#topics[kind].get(name)?.clients.size ?? 0;
  }
}
