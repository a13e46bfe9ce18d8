import type { Ipam } from "../ipam/ipam.js";
import type { RootCertificate } from "./certificate.js";
import type { Meta } from "./meta.js";
import type { NetworkTask } from "./networks/network-task.js";
import type { SwarmNetwork } from "./networks/swarm-network.js";
import type { SwarmObject } from "./objects/object.js";
import type { ClusterSpec } from "./spec.js";

/** A swarm of one node, and what is kept in it. */
export interface Swarm {
  readonly cluster: Cluster;
  readonly node: SwarmNode;
  /** What the networks' own gossip calls this node. */
  readonly peer: string;
  /** Where the swarm's networks get their subnets from: apart from the engine's own. */
  readonly ipam: Ipam;
  /** By id. */
  readonly networks: Map<string, SwarmNetwork>;
  /** Of containers that are attached to its networks, by their own id. */
  readonly tasks: Map<string, NetworkTask>;
  readonly secrets: Map<string, SwarmObject>;
  readonly configs: Map<string, SwarmObject>;
  /** Of the last change: whatever changes gets the next one as its version. */
  index: number;
  /** The VXLAN id that a subnet gets next. */
  nextVxlanId: number;
}

export interface Cluster extends Meta {
  readonly id: string;
  spec: ClusterSpec;
  root: RootCertificate;
  workerToken: string;
  managerToken: string;
  /** Empty while managers are not locked. */
  unlockKey: string;
  readonly defaultAddressPools: readonly string[];
  readonly subnetSize: number;
  readonly dataPathPort: number;
}

export interface SwarmNode extends Meta {
  readonly id: string;
  /** Without a port. */
  readonly address: string;
  readonly managerAddress: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  availability: "active" | "pause" | "drain";
}
