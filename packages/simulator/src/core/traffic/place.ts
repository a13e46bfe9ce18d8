import type { FileErrorCode } from "@dryharbor/kernel";
import type { Delivered, Lost, Outgoing } from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";

/** A network namespace that packets come from and go to. */
export type Place =
  /** That of a running container. In `container:` mode it is the other container's. */
  | { readonly kind: "container"; readonly container: Container }
  /** The host's own. */
  | { readonly kind: "host" }
  /** A machine outside, of which nothing is known but the addresses that it answers at. */
  | { readonly kind: "outside" };

/** The host's own network namespace. */
export const hostPlace: Place = { kind: "host" };

/** A machine outside of the host. */
export const outsidePlace: Place = { kind: "outside" };

/** The first packet of a flow. */
export type Asked = Outgoing;

/** What becomes of a packet: the kernel's `Passage`, with places instead of their stacks. */
export type Verdict = Arrival | Loss | Impossible;

/** The packet does not arrive. */
type Loss = Lost & { readonly why: LossReason };

/**
 * The reason why a packet does not arrive.
 * - `nobody`: the address is free
 * - `between-networks`: the engine keeps networks apart
 * - `no-inter-container-communication`: the network has `enable_icc=false`, and no link opens the port
 * - `published-elsewhere`: the port is published, and its way leads to another network, or out of an internal one
 * - `multicast`: nobody has joined the group
 * - `fault`: a fault of the way lets nothing pass (`simulator.faults`)
 * - `outside-silent`, `outside-unreachable`: a machine outside does not answer, or no route leads there
 */
export type LossReason =
  | "nobody"
  | "between-networks"
  | "no-inter-container-communication"
  | "published-elsewhere"
  | "multicast"
  | "fault"
  | "outside-silent"
  | "outside-unreachable";

/** The packet arrives at a place. */
export type Arrival = Omit<Delivered, "to"> & { readonly to: Place };

/** The sender's own kernel refuses to send the packet. */
export interface Impossible {
  readonly kind: "no-route";
  readonly error: FileErrorCode;
}

/** Makes the refusal of the sender's own kernel. */
export function impossible(error: FileErrorCode): Impossible {
  return { kind: "no-route", error };
}
