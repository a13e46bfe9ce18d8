// The state of the swarm that an engine is in. `Daemon.swarm` holds it, or `null`; `init.ts` makes it,
// `leave.ts` drops it.

import type { Ipam } from "../ipam/ipam.js";
import type { RootCertificate } from "./certificate.js";
import type { Meta } from "./meta.js";
import type { NetworkTask } from "./networks/network-task.js";
import type { SwarmNetwork } from "./networks/swarm-network.js";
import type { SwarmObject } from "./objects/object.js";
import type { ClusterSpec } from "./spec.js";

/** A swarm of one node, with all objects in it. */
export interface Swarm {
  readonly cluster: Cluster;
  readonly node: SwarmNode;
  /** The node's name in the gossip between networks. */
  readonly peer: string;
  /** The swarm's own address management, apart from the engine's. */
  readonly ipam: Ipam;
  /** The swarm's networks by id. */
  readonly networks: Map<string, SwarmNetwork>;
  /** The tasks of containers on its networks, by the task's id. */
  readonly tasks: Map<string, NetworkTask>;
  readonly secrets: Map<string, SwarmObject>;
  readonly configs: Map<string, SwarmObject>;
  /** The index of the last change. A change gets the next index as its version. */
  index: number;
  /** The VXLAN id of the next subnet. */
  nextVxlanId: number;
}

export interface Cluster extends Meta {
  readonly id: string;
  spec: ClusterSpec;
  root: RootCertificate;
  workerToken: string;
  managerToken: string;
  /** The key for locked managers; empty while they are not locked. */
  unlockKey: string;
  readonly defaultAddressPools: readonly string[];
  readonly subnetSize: number;
  readonly dataPathPort: number;
}

export interface SwarmNode extends Meta {
  readonly id: string;
  /** The node's address without a port. */
  readonly address: string;
  readonly managerAddress: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  availability: "active" | "pause" | "drain";
}
