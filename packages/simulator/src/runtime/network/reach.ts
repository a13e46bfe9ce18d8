// Why one container reaches another or does not, in words that a program can match on. It asks what programs
// ask: the resolver for a name, and the core for a packet.

import { parseIP } from "@dryharbor/kernel/host";
import { type Container, isRunning } from "../../core/containers/container.js";
import { findContainer } from "../../core/containers/find.js";
import type { Daemon } from "../../core/daemon.js";
import { resolve } from "../../core/dns/resolve.js";
import { hostsFile } from "../../core/files/hosts.js";
import { namespaceOwner } from "../../core/files/namespace-owner.js";
import { decide } from "../../core/traffic/decide.js";
import { hostPlace, type LossReason, type Place } from "../../core/traffic/place.js";
import type { Stacks } from "./stacks.js";

/** The outcome of {@link Simulator.reach}. */
export interface Reach {
  /** Whether somebody answers: a program accepts, or the kernel answers a ping. */
  readonly reached: boolean;
  /**
   * Why, or why not:
   * - `answers`: a program listens there, or a ping is answered
   * - `frozen`: a program listens there, and its container is paused. Connections are taken and get no answer
   * - `not-running`: the container that asks does not run
   * - `no-such-name`: the container does not resolve the name
   * - `no-route`: the container has no network that leads there, as with `--network none` and internal networks
   * - `reset`: a fault resets connections on the way
   * - `not-listening`: the packet arrives, and nobody listens at the port
   * - the reasons of {@link LossReason}: the packet does not arrive
   */
  readonly reason:
    | "answers"
    | "frozen"
    | "not-running"
    | "no-such-name"
    | "no-route"
    | "reset"
    | "not-listening"
    | LossReason;
  /** The address that the name stands for. `undefined` where there is none. */
  readonly address: string | undefined;
  /** Who answers: the name of a container, `host` or `outside`. `undefined` where nobody does. */
  readonly by: string | undefined;
  /** The outcome as a sentence. */
  readonly text: string;
}

/** What {@link Simulator.reach} asks for. */
export interface ReachOptions {
  /** The port. Without it a ping is asked for. */
  readonly port?: number;
  /** Default: `tcp`, and `icmp` without a port. */
  readonly protocol?: "tcp" | "udp" | "icmp";
}

interface Parts {
  readonly daemon: Daemon;
  readonly stacks: Stacks;
}

/** Tells whether a container, or the `host`, reaches a name or an address. */
export function reach(parts: Parts, from: string, to: string, options: ReachOptions = {}): Reach {
  const { daemon, stacks } = parts;
  const { port = 0, protocol = port === 0 ? "icmp" : "tcp" } = options;
  const asker = from === "host" ? undefined : findContainer(daemon, from);
  const target = port === 0 ? to : `${to}:${port}`;
  const outcome = (
    reason: Reach["reason"],
    text: string,
    more: Partial<Pick<Reach, "address" | "by">> = {},
  ): Reach => ({
    reached: reason === "answers" || reason === "frozen",
    reason,
    address: more.address,
    by: more.by,
    text: `${from} ${text}`,
  });
  if (asker && !isRunning(asker)) return outcome("not-running", "does not run");
  const address = addressOf(daemon, asker, to);
  if (address === undefined) return outcome("no-such-name", `finds no address for the name ${to}`);
  const place: Place = asker ? { kind: "container", container: asker } : hostPlace;
  const verdict = decide(daemon, place, { protocol, source: undefined, destination: { address, port } });
  if (verdict.kind === "no-route") return outcome("no-route", `has no route to ${target}`, { address });
  if (verdict.kind !== "delivered") {
    return outcome(verdict.why, `does not reach ${target}: ${words[verdict.why]}`, { address });
  }
  const by = nameOf(verdict.to);
  if (verdict.back?.isCut) {
    return outcome("fault", `reaches ${by}, whose answers do not come back: ${words.fault}`, { address, by });
  }
  if (verdict.resets)
    return outcome("reset", `does not reach ${target}: a fault resets connections`, { address });
  if (protocol !== "icmp") {
    const own = asker ? stacks.of(asker) : stacks.host();
    const passage = stacks.route(own, { protocol, source: undefined, destination: { address, port } });
    if (passage.kind !== "delivered") return outcome("no-route", `has no route to ${target}`, { address });
    const { to: stack, destination } = passage;
    const listens =
      protocol === "tcp"
        ? stack.listenerAt(destination)
        : stack.udpAt(destination, { address: passage.source, port: 0 });
    if (!listens)
      return outcome("not-listening", `reaches ${by}, where nobody listens at ${target}`, { address, by });
  }
  const isFrozen =
    protocol !== "icmp" && verdict.to.kind === "container" && verdict.to.container.state.status === "paused";
  return isFrozen
    ? outcome("frozen", `reaches ${by} at ${target}, which is paused and says nothing`, { address, by })
    : outcome("answers", `reaches ${by} at ${target}`, { address, by });
}

const words: Readonly<Record<LossReason, string>> = {
  nobody: "nobody has the address",
  "between-networks": "it is on another network, and the engine keeps networks apart",
  "no-inter-container-communication": "the network lets its containers not talk to each other",
  "published-elsewhere": "the published port leads to another network",
  fault: "a fault lets nothing pass",
  multicast: "nobody has joined the group",
  "outside-silent": "nobody outside answers",
  "outside-unreachable": "the host has no route to it",
};

/** Returns the first address that a name stands for: by /etc/hosts, then by the name server. */
function addressOf(daemon: Daemon, asker: Container | undefined, name: string): string | undefined {
  if (parseIP(name)) return name;
  if (!asker) return name === "localhost" || name === "docker" ? "127.0.0.1" : undefined;
  const known = entryOf(hostsFile(namespaceOwner(daemon, asker)), name);
  if (known !== undefined) return known;
  for (const type of ["A", "AAAA"] as const) {
    const [record] = resolve(daemon, asker, { name, type }).records;
    if (record !== undefined) return record;
  }
  return undefined;
}

/** Returns the address that a file like /etc/hosts has for a name. */
function entryOf(hosts: string, name: string): string | undefined {
  for (const line of hosts.split("\n")) {
    const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return address;
  }
  return undefined;
}

function nameOf(place: Place): string {
  return place.kind === "container" ? place.container.name : place.kind;
}
