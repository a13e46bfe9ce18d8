import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { globTest } from "../engine/glob.js";
import type { SubscriptionKind } from "../engine/pubsub.js";
import type { Reply } from "../protocol/reply.js";

/** The words of a kind in the names of messages: `psubscribe`. */
const prefixes: Readonly<Record<SubscriptionKind, string>> = { channel: "", pattern: "p", shard: "s" };

/** The number of subscriptions that messages of a kind tell. */
function countOf({ client }: Call, kind: SubscriptionKind): number {
  return kind === "shard" ? client.subscriptions.shard.size : client.subscriptionCount;
}

function subscribe(kind: SubscriptionKind): Handler {
  return (call) => {
    const { redis, client, args } = call;
    const replies = args.map((name): Reply => {
      redis.pubsub.subscribe(client, kind, name);
      return { kind: "push", items: [`${prefixes[kind]}subscribe`, name, countOf(call, kind)] };
    });
    return { kind: "several", replies };
  };
}

function unsubscribe(kind: SubscriptionKind): Handler {
  return (call) => {
    const { redis, client, args } = call;
    const word = `${prefixes[kind]}unsubscribe`;
    const names: readonly (ByteText | null)[] = args.length > 0 ? args : [...client.subscriptions[kind]];
    const replies = (names.length > 0 ? names : [null]).map((name): Reply => {
      if (name !== null) redis.pubsub.unsubscribe(client, kind, name);
      return { kind: "push", items: [word, name, countOf(call, kind)] };
    });
    return { kind: "several", replies };
  };
}

function channels(kind: "channel" | "shard"): Handler {
  return ({ redis, args: [pattern = "*"] }) => redis.pubsub.names(kind).filter(globTest(pattern));
}

function subscribers(kind: "channel" | "shard"): Handler {
  return ({ redis, args }) => args.flatMap((name) => [name, redis.pubsub.subscribers(kind, name)]);
}

export const pubsubCommands: Readonly<Record<string, Handler>> = {
  subscribe: subscribe("channel"),
  psubscribe: subscribe("pattern"),
  ssubscribe: subscribe("shard"),
  unsubscribe: unsubscribe("channel"),
  punsubscribe: unsubscribe("pattern"),
  sunsubscribe: unsubscribe("shard"),
  publish: ({ redis, args: [channel = "", message = ""] }) =>
    redis.pubsub.publish("channel", channel, message),
  spublish: ({ redis, args: [channel = "", message = ""] }) =>
    redis.pubsub.publish("shard", channel, message),
  "pubsub|channels": channels("channel"),
  "pubsub|shardchannels": channels("shard"),
  "pubsub|numsub": subscribers("channel"),
  "pubsub|shardnumsub": subscribers("shard"),
  "pubsub|numpat": ({ redis }) => redis.pubsub.names("pattern").length,
};
