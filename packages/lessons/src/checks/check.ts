// The closed set of checks. A check is a statement about the state of an engine, or about what a command printed.
// `judge.ts` says whether it holds, on any engine, by the port alone.

import type { ContainerStatus, Health, TrafficAnswer } from "@dryharbor/sdk/port";

/** A statement that can be checked. With `not` it is the contrary that must hold. */
export type Check =
  | NetworkCheck
  | ContainerCheck
  | AttachedCheck
  | ResolvesCheck
  | ReachesCheck
  | PublishedCheck
  | PrintsCheck;

interface Statement {
  /** The contrary must hold. */
  readonly not?: true;
  /** The statement in a teacher's words; without it the check has words of its own. */
  readonly says?: string;
}

/** There is such a network. */
export interface NetworkCheck extends Statement {
  readonly check: "network";
  readonly name: string;
  readonly driver?: string;
  readonly internal?: boolean;
  readonly ipv6?: boolean;
  /** CIDR block of one of its subnets. */
  readonly subnet?: string;
}

/** There is such a container. */
export interface ContainerCheck extends Statement {
  readonly check: "container";
  readonly name: string;
  readonly state?: ContainerStatus;
  readonly health?: Health["Status"];
  /** As it was named when the container was created. */
  readonly image?: string;
  readonly exitCode?: number;
  /** The name of the container whose network it uses. */
  readonly sharesNetworkOf?: string;
}

/** A running container is on a network; `host` and `none` are networks, too. */
export interface AttachedCheck extends Statement {
  readonly check: "attached";
  readonly container: string;
  readonly network: string;
  /** Its IPv4 or IPv6 address there. */
  readonly address?: string;
  /** A further name that it has there. */
  readonly alias?: string;
}

/** A container resolves a name. */
export interface ResolvesCheck extends Statement {
  readonly check: "resolves";
  /** The container that asks. */
  readonly from: string;
  readonly name: string;
  /** The containers whose addresses the answer holds: all of them, and no others. */
  readonly to?: readonly string[];
  /** Default: `A`. */
  readonly type?: "A" | "AAAA";
}

/** A container, or `host`, reaches a container, `host` or an address. */
export interface ReachesCheck extends Statement {
  readonly check: "reaches";
  readonly from: string;
  /**
   * A container, `host` or an IP address. A container is tried at its addresses, on `network` alone where that is given.
   * `host` is tried at the gateway of the asker's network, which is an address of the host. Any answer is enough.
   */
  readonly to: string;
  readonly network?: string;
  /** A TCP port. Without one it is pinged. */
  readonly port?: number;
  /** What becomes of it. Default: `answers`. */
  readonly answer?: TrafficAnswer;
}

/** A container publishes a port on the host. */
export interface PublishedCheck extends Statement {
  readonly check: "published";
  readonly container: string;
  /** The port in the container. */
  readonly port: number;
  /** Default: `tcp`. */
  readonly protocol?: "tcp" | "udp";
  /** The port of the host. Without it any. */
  readonly hostPort?: number;
  /** The address of the host at which it is published, such as `127.0.0.1`. Without it any. */
  readonly address?: string;
  /** Whether a connection to it must be answered, too. */
  readonly answers?: boolean;
}

/** A command has printed something. */
export interface PrintsCheck extends Statement {
  readonly check: "prints";
  /** A pattern for the command. In a level's goal any command that was typed may match; without it, and in a step, it is the last one. */
  readonly command?: string;
  /** Text that the output must have. `{{…}}` is filled in, as in prose. */
  readonly contains?: string;
  /** A pattern that the output must match, line by line. */
  readonly matches?: string;
  /** Text that the output must not have. */
  readonly lacks?: string;
  /** How the command ended. */
  readonly exitCode?: number;
}
