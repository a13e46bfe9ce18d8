// `--publish`: what containers publish is opened on this machine, and relayed to the simulated host. A port is
// tried before the call that needs it is performed, and held from then on, so that what a call finds free is free.

import type { Socket } from "node:net";
import type { SocketAddress } from "@dryharbor/kernel";
import type { HostPort } from "../../core/ports/real-ports.js";
import type { PublishedAddress, SimulatedHost } from "../../host/host.js";
import type { RealMachine } from "../../runtime/network/real-machine.js";
import { ListenError } from "../listen/listen-error.js";
import { type Door, takePort } from "./door.js";
import { reset } from "./tcp-relay.js";

/** Options of {@link publishPorts}. */
export interface PublishOptions {
  /** Open ports at the addresses that they are published at, not at loopback alone. */
  readonly allowRemote?: boolean;
}

/** The ports of this machine, as the simulator uses them. */
export interface PublishedPorts {
  /** Stops listening, and breaks off the connections. */
  close(): void;
}

/**
 * Opens what containers publish on this machine, now and from now on.
 *
 * @throws {ListenError} a port that a container of a stored state publishes is taken on this machine
 * @throws {UsageError} the simulator publishes on this machine already
 */
export async function publishPorts(
  host: SimulatedHost,
  { allowRemote = false }: PublishOptions = {},
): Promise<PublishedPorts> {
  const doors = new Doors(host, allowRemote);
  const end = host.publishOn(doors);
  const close = (): void => {
    end();
    doors.end();
  };
  try {
    await doors.openAll();
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

/** What Linux says of a port that cannot be had, by the code of the error. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "address already in use",
  EACCES: "permission denied",
  EADDRNOTAVAIL: "cannot assign requested address",
};

class Doors implements RealMachine {
  /** The ports that are listened at, by {@link keyOf}. */
  readonly #open = new Map<string, Door>();
  /** What is known of ports that are not to be had, until the call that had them tried is over. */
  readonly #refused = new Map<string, string>();
  /** The ports that a call has had tried, and that may yet be published. */
  readonly #held = new Set<string>();
  readonly #opening = new Map<string, Promise<void>>();
  /** The ports that are published. */
  readonly #wanted = new Set<string>();
  /** The connections that have been accepted, also at ports that are closed by now. */
  readonly #sockets = new Set<Socket>();
  /** Whether this machine has IPv6. Without it, what is published there is not opened, and not refused. */
  #hasIPv6 = true;
  #changed = false;
  #ended = false;

  constructor(
    readonly host: SimulatedHost,
    readonly allowRemote: boolean,
  ) {}

  refusal(port: HostPort): string | undefined {
    const own = this.#own(port);
    return own && this.#refused.get(keyOf(own));
  }

  try(ports: readonly HostPort[]): Promise<void> | undefined {
    const trials: Promise<void>[] = [];
    for (const port of ports) {
      const own = this.#own(port);
      if (!own) continue;
      const key = keyOf(own);
      this.#held.add(key);
      if (!this.#open.has(key) && !this.#refused.has(key)) trials.push(this.#take(own, key));
    }
    return trials.length > 0 ? Promise.all(trials).then(() => {}) : undefined;
  }

  settle(): void {
    this.#held.clear();
    this.#refused.clear();
    this.#update();
  }

  changed(): void {
    if (this.#changed) return;
    this.#changed = true;
    // An operation that fails takes back what it has published, so it is looked at when it is over.
    queueMicrotask(() => {
      this.#changed = false;
      this.#update();
    });
  }

  /** Opens what is published already. @throws {ListenError} */
  async openAll(): Promise<void> {
    const { published } = this.host;
    await this.try(published);
    const taken = published.find((port) => this.refusal(port));
    if (taken) throw new ListenError(this.#words(taken), { inUse: true });
    this.settle();
  }

  end(): void {
    this.#ended = true;
    for (const door of this.#open.values()) {
      door.close();
    }
    this.#open.clear();
    for (const socket of this.#sockets) reset(socket);
  }

  /** Returns where on this machine a port is opened; `undefined` where it is not. */
  #own({ protocol, address, port }: HostPort): HostPort | undefined {
    if (protocol !== "tcp" && protocol !== "udp") return undefined;
    if (address.includes(":") && !this.#hasIPv6) return undefined;
    if (this.allowRemote) return { protocol, address, port };
    if (address === "0.0.0.0") return { protocol, address: "127.0.0.1", port };
    if (address === "::") return { protocol, address: "::1", port };
    return address.startsWith("127.") || address === "::1" ? { protocol, address, port } : undefined;
  }

  #take(port: HostPort, key: string): Promise<void> {
    const opening = this.#opening.get(key);
    if (opening) return opening;
    const taken = takePort(port, this.#sockets)
      .then(
        (door) => {
          this.#open.set(key, door);
          if (this.#ended || !(this.#held.has(key) || this.#wanted.has(key))) this.#close(key, door);
        },
        (error: NodeJS.ErrnoException) => {
          if (port.address.includes(":") && noIPv6.has(error.code ?? "")) this.#hasIPv6 = false;
          else this.#refused.set(key, reasons[error.code ?? ""] ?? error.message);
        },
      )
      .finally(() => this.#opening.delete(key));
    this.#opening.set(key, taken);
    return taken;
  }

  #close(key: string, door: Door): void {
    this.#open.delete(key);
    door.close();
  }

  /** Opens what is published, and closes what is not any more. */
  #update(): void {
    if (this.#ended) return;
    const wanted = new Map<string, { readonly port: HostPort; readonly published: PublishedAddress }>();
    for (const published of this.host.published) {
      const port = this.#own(published);
      if (port) wanted.set(keyOf(port), { port, published });
    }
    for (const key of this.#wanted) if (!wanted.has(key)) this.#wanted.delete(key);
    for (const [key, door] of this.#open) {
      if (!wanted.has(key) && !this.#held.has(key)) this.#close(key, door);
    }
    for (const [key, { port, published }] of wanted) {
      if (this.#wanted.has(key)) continue;
      const door = this.#open.get(key);
      if (door) {
        this.#wanted.add(key);
        door.open(this.host, simulated(published));
      } else {
        this.#openLate(key, port, published);
      }
    }
  }

  /** Opens a port that was published without a trial, as by a swarm. The call has been answered by now. */
  async #openLate(key: string, port: HostPort, published: PublishedAddress): Promise<void> {
    this.#wanted.add(key);
    await this.#take(port, key);
    const door = this.#open.get(key);
    if (door && this.#wanted.has(key)) door.open(this.host, simulated(published));
    else if (this.#refused.has(key)) process.emitWarning(this.#words(published));
  }

  #words({ address, port, protocol, container }: PublishedAddress): string {
    const at = address.includes(":") ? `[${address}]` : address;
    const why = this.refusal({ address, port, protocol }) ?? "not available";
    return `cannot publish ${at}:${port}/${protocol} of the container ${container}: ${why}. Free that port of this machine, or leave publishing out`;
  }
}

/** The codes of errors of a machine without IPv6. */
const noIPv6 = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

function keyOf({ protocol, address, port }: HostPort): string {
  return `${protocol} ${address} ${port}`;
}

/** Returns where on the simulated host a published port is connected to. */
function simulated({ address, port }: HostPort): SocketAddress {
  const loopback = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
  return { address: loopback, port };
}
