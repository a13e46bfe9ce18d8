import type { Meta } from "../meta.js";

/** A task that holds a container's place on a network of the swarm. */
export interface NetworkTask extends Meta {
  readonly id: string;
  readonly networkId: string;
  readonly containerId: string;
  /** Addresses with their prefix length. */
  readonly addresses: readonly string[];
}
