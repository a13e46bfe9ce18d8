// The network stacks of one engine: one for each network namespace that somebody has used. This is the
// `Router` that the kernel asks about packets. It passes each question to the core (`core/traffic`), and finds
// the stack of the place that the core answers with.

import type { Network, SocketAddress } from "@dryharbor/kernel";
import type { Outgoing, Passage, Router, SocketOwner, Time } from "@dryharbor/kernel/host";
import { NetworkStack, ProcessNetwork } from "@dryharbor/kernel/network";
import type { Container } from "../../core/containers/container.js";
import { hostNamespace, namespaceSeen } from "../../core/containers/kernel-files.js";
import type { Daemon } from "../../core/daemon.js";
import { embeddedAddress, vantageOf } from "../../core/dns/resolve.js";
import { embeddedServer, outsideServer } from "../../core/dns/server.js";
import type { Vantage } from "../../core/dns/upstream.js";
import { orderedAttachments } from "../../core/endpoints/order.js";
import { namespaceOwner } from "../../core/files/namespace-owner.js";
import { decide } from "../../core/traffic/decide.js";
import { type Arrival, hostPlace, outsidePlace, type Place, type Verdict } from "../../core/traffic/place.js";
import { type DnsPorts, listenForDns } from "./dns-service.js";
import { PortProxies } from "./port-proxy.js";
import type { TrafficWatch } from "./traffic.js";

const dnsPort = 53;

/** How many decisions a stack keeps. */
const mostKept = 1_024;

/** The network stacks of one engine, and the way between them. */
export class Stacks implements Router {
  readonly #daemon: Daemon;
  readonly #time: Time;
  readonly #stacks = new Map<Container, NetworkStack>();
  readonly #places = new WeakMap<NetworkStack, Place>();
  /** What is outside, as each stack sees it. */
  readonly #outside = new WeakMap<NetworkStack, NetworkStack>();
  readonly #embedded = new WeakMap<NetworkStack, DnsPorts>();
  readonly #kept = new WeakMap<
    NetworkStack,
    { generation: number; readonly passages: Map<string, Passage> }
  >();
  readonly #watches = new Set<TrafficWatch>();
  #host: { readonly stack: NetworkStack; readonly proxies: PortProxies } | undefined;

  constructor(daemon: Daemon, time: Time) {
    this.#daemon = daemon;
    this.#time = time;
  }

  get generation(): number {
    return this.#daemon.events.count + (this.#daemon.faults?.generation ?? 0);
  }

  /** Returns the stack of the namespace that a running container's processes are in. */
  of(container: Container): NetworkStack {
    const known = this.#stacks.get(container);
    if (known) return known;
    const owner = namespaceOwner(this.#daemon, container);
    if (owner.hostConfig.NetworkMode === "host") return this.host();
    const stack = owner === container ? this.#makeFor(container) : this.of(owner);
    this.#stacks.set(container, stack);
    return stack;
  }

  /** Returns the network of a running container, with the sockets of one of its processes. */
  networkOf(container: Container, owner: SocketOwner): Network {
    return new ProcessNetwork(this.of(container), owner);
  }

  #makeFor(container: Container): NetworkStack {
    const place: Place = { kind: "container", container };
    const stack = this.#make(place);
    this.#embeddedAt(stack, place, "udp");
    return stack;
  }

  /** Returns the stack of the host's own namespace. */
  host(): NetworkStack {
    if (!this.#host) {
      const stack = this.#make(hostPlace);
      this.#host = { stack, proxies: new PortProxies(this.#daemon, stack) };
    }
    this.#host.proxies.update();
    return this.#host.stack;
  }

  /** Opens and closes what listens on the host for published ports. */
  updatePublished(): void {
    this.#host?.proxies.update();
  }

  /** Ends the namespace of a container whose processes end, unless another container is in it. */
  end(container: Container): void {
    const stack = this.#stacks.get(container);
    this.#stacks.delete(container);
    if (!stack || [...this.#stacks.values()].includes(stack)) return;
    stack.shutDown();
    this.#outside.get(stack)?.close();
  }

  /** Lets somebody watch all namespaces, also those to come. Returns what ends it. */
  watch(watch: TrafficWatch): () => void {
    const known = new Set([...this.#stacks.values(), this.host()]);
    for (const stack of known) {
      for (const each of [stack, this.#outside.get(stack)])
        if (each) watch.add(each, this.#places.get(each)!);
    }
    this.#watches.add(watch);
    return () => {
      this.#watches.delete(watch);
      watch.close();
    };
  }

  /** Ends all namespaces. */
  close(): void {
    for (const stack of this.#stacks.values()) stack.close();
    this.#host?.stack.close();
    this.#stacks.clear();
  }

  route(from: NetworkStack, packet: Outgoing): Passage {
    let kept = this.#kept.get(from);
    if (!kept || kept.generation !== this.generation || kept.passages.size > mostKept) {
      kept = { generation: this.generation, passages: new Map() };
      this.#kept.set(from, kept);
      if (from === this.#host?.stack) this.#host.proxies.update();
    }
    const { protocol, source, destination, device } = packet;
    const key = `${protocol} ${destination.address} ${destination.port} ${source} ${device}`;
    let passage = kept.passages.get(key);
    if (!passage) {
      passage = this.#passage(from, packet);
      kept.passages.set(key, passage);
    }
    return passage;
  }

  #passage(from: NetworkStack, packet: Outgoing): Passage {
    const place = this.#places.get(from);
    if (!place || from.closed) return { kind: "no-route", error: "ENETUNREACH" };
    const verdict: Verdict = decide(this.#daemon, place, packet);
    if (verdict.kind !== "delivered") return verdict;
    const to = this.#stackAt(verdict, from, place);
    const { destination } = verdict;
    if (to === from && destination.address === embeddedAddress && destination.port === dnsPort) {
      return { ...verdict, to, destination: this.#embeddedAt(from, place, packet.protocol) ?? destination };
    }
    return { ...verdict, to };
  }

  #stackAt({ to, destination }: Arrival, from: NetworkStack, asker: Place): NetworkStack {
    if (to.kind === "host") return this.host();
    if (to.kind === "outside") return this.#outsideAt(from, asker, destination);
    const isOwn = asker.kind === "container" && asker.container === to.container;
    return isOwn ? from : this.of(to.container);
  }

  /** Returns what the address of the embedded DNS server is translated to, where there is one. */
  #embeddedAt(stack: NetworkStack, place: Place, protocol: Outgoing["protocol"]): SocketAddress | undefined {
    if (place.kind !== "container" || (protocol !== "tcp" && protocol !== "udp")) return undefined;
    const owner = namespaceOwner(this.#daemon, place.container);
    if (!owner.etc?.embedded) return undefined;
    let ports = this.#embedded.get(stack);
    if (!ports) {
      ports = listenForDns(stack, embeddedAddress, 0, embeddedServer(this.#daemon, place.container));
      this.#embedded.set(stack, ports);
    }
    return { address: embeddedAddress, port: ports[protocol] };
  }

  /** Returns the hosts outside as a stack sees them: DNS servers at the addresses that it has asked. */
  #outsideAt(from: NetworkStack, asker: Place, { address, port }: SocketAddress): NetworkStack {
    let stack = this.#outside.get(from);
    if (!stack) {
      stack = this.#make(outsidePlace);
      this.#outside.set(from, stack);
    }
    if (port === dnsPort && !stack.listenerAt({ address, port })) {
      listenForDns(
        stack,
        address,
        port,
        outsideServer(
          this.#daemon,
          address,
          () => this.#vantage(asker),
          asker.kind === "container" ? asker.container : undefined,
        ),
      );
    }
    return stack;
  }

  #vantage(place: Place): Vantage {
    if (place.kind !== "container") return "host";
    const owner = namespaceOwner(this.#daemon, place.container);
    return vantageOf(this.#daemon, owner, orderedAttachments(this.#daemon, owner));
  }

  #make(place: Place): NetworkStack {
    const daemon = this.#daemon;
    const stack = new NetworkStack({
      router: this,
      time: this.#time,
      namespace: () =>
        place.kind === "container"
          ? namespaceSeen(daemon, place.container)
          : place.kind === "host"
            ? hostNamespace(daemon)
            : { interfaces: [], routes: [], loopback6: true },
      hasEveryAddress: place.kind === "outside",
    });
    this.#places.set(stack, place);
    for (const watch of this.#watches) watch.add(stack, place);
    return stack;
  }
}
