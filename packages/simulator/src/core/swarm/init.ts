// Makes a swarm of one node: the body of `POST /swarm/init`, its checks, and the new swarm's state, networks
// and tokens.

import { parseCIDR } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { createIpam } from "../ipam/ipam.js";
import {
  checkDataPathAddress,
  checkListening,
  completeAddress,
  type HostPort,
  joinHostPort,
  resolveAdvertiseAddress,
  resolveListenAddress,
} from "./address.js";
import { type AddressPools, builtInPools, swarmIpamSettings } from "./address-pools.js";
import { rootCertificate } from "./certificate.js";
import { emitNodeUpdate } from "./events.js";
import { newSwarmId } from "./id.js";
import { newJoinToken, newUnlockKey } from "./keys.js";
import { touch } from "./meta.js";
import { firstVxlanId } from "./networks/allocate.js";
import { addFirstNetworks } from "./networks/first-networks.js";
import { startIngress } from "./networks/instance.js";
import { checkName, defaultSpec, mergedSpec, type SwarmSpec, specProblem } from "./spec.js";
import type { Swarm } from "./swarm.js";

/** Body of `POST /swarm/init`. */
export interface SwarmInitRequest {
  readonly ListenAddr?: string;
  readonly AdvertiseAddr?: string;
  readonly DataPathAddr?: string;
  readonly DataPathPort?: number;
  readonly ForceNewCluster?: boolean;
  readonly Spec?: SwarmSpec;
  readonly AutoLockManagers?: boolean;
  readonly Availability?: string;
  readonly DefaultAddrPool?: readonly string[] | null;
  readonly SubnetSize?: number;
}

/**
 * Answers `POST /swarm/init`: makes a swarm with this engine as its only node. Its networks exist at once; an
 * engine needs a second for them.
 *
 * @param apiVersion the client's; default: the engine's own
 * @returns the id of the node
 * @throws 400; 500; 503 if the engine is in a swarm
 */
export function initSwarm(daemon: Daemon, request: SwarmInitRequest, apiVersion?: string): string {
  if (daemon.swarm && !request.ForceNewCluster) throw alreadyInSwarm();
  const given = completeAddress("ListenAddr", request.ListenAddr ?? "");
  const spec = request.Spec ?? {};
  checkName(spec);
  const listen = resolveListenAddress(daemon, given);
  const advertise = resolveAdvertiseAddress(daemon, request.AdvertiseAddr ?? "", listen.port);
  checkDataPathAddress(daemon, request.DataPathAddr ?? "");
  const pools = isOlder(apiVersion, "1.39") ? null : (request.DefaultAddrPool ?? null);
  const subnetSize = isOlder(apiVersion, "1.39") ? 0 : (request.SubnetSize ?? 0);
  const addressPools = readAddressPools(pools, subnetSize);
  const dataPathPort = readDataPathPort(isOlder(apiVersion, "1.40") ? 0 : (request.DataPathPort ?? 0));
  const availability = readAvailability(request.Availability ?? "", 500);
  checkListening(daemon, listen);
  const swarm = daemon.swarm ?? newSwarm(daemon, advertise, { ...addressPools, dataPathPort, availability });
  daemon.swarm = swarm;
  setSpec(daemon, swarm, spec);
  return swarm.node.id;
}

export function alreadyInSwarm(): Error {
  return engineError(
    503,
    'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
  );
}

/**
 * Applies the settings to a swarm that exists by now. It stays even if they are refused, as in the engine.
 */
function setSpec(daemon: Daemon, swarm: Swarm, asked: SwarmSpec): void {
  const { cluster } = swarm;
  const fail = (message: string) => engineError(500, `error updating cluster settings: ${message}`);
  const spec = mergedSpec(asked, cluster.spec);
  const problem = specProblem(spec);
  if (problem !== undefined) throw fail(problem);
  cluster.spec = spec;
  cluster.unlockKey = spec.autoLockManagers ? newUnlockKey(daemon.random) : "";
  touch(swarm, cluster, daemon.clock.now());
}

interface NewCluster extends AddressPools {
  readonly dataPathPort: number;
  readonly availability: "active" | "pause" | "drain";
}

function newSwarm(daemon: Daemon, advertise: HostPort, asked: NewCluster): Swarm {
  const { random, clock, release, settings } = daemon;
  const now = clock.now();
  const root = rootCertificate(random, now);
  const swarm: Swarm = {
    cluster: {
      id: newSwarmId(random),
      version: 0,
      created: now,
      updated: now,
      spec: defaultSpec,
      root,
      workerToken: newJoinToken(random, root),
      managerToken: newJoinToken(random, root),
      unlockKey: "",
      defaultAddressPools: asked.defaultAddressPools,
      subnetSize: asked.subnetSize,
      dataPathPort: asked.dataPathPort,
    },
    node: {
      id: newSwarmId(random),
      version: 0,
      created: now,
      updated: now,
      address: advertise.host,
      managerAddress: joinHostPort(advertise),
      name: "",
      labels: {},
      availability: asked.availability,
    },
    peer: random.hex(12),
    ipam: createIpam(release, swarmIpamSettings(asked, settings.hostId)),
    networks: new Map(),
    tasks: new Map(),
    secrets: new Map(),
    configs: new Map(),
    index: firstIndex,
    nextVxlanId: firstVxlanId,
  };
  addFirstNetworks(daemon, swarm);
  touch(swarm, swarm.node, clock.now());
  emitNodeUpdate(daemon, swarm, { "state.new": "ready", "state.old": "unknown" });
  startIngress(daemon, swarm);
  return swarm;
}

/** The number of changes in a swarm before its first networks. */
const firstIndex = 2;

/** Checks the address pools. @throws 500 */
function readAddressPools(given: readonly string[] | null, size: number): AddressPools {
  const subnetSize = size || 24;
  if (!given) return { defaultAddressPools: builtInPools, subnetSize };
  if (subnetSize > 29) throw engineError(500, `subnet size is out of range: ${subnetSize}`);
  const pools = given.map((pool) => pool.trim());
  for (const pool of pools) {
    const prefix = parseCIDR(pool);
    if (!prefix) throw engineError(500, `invalid base pool ${pool}: invalid CIDR address: ${pool}`);
    if (subnetSize < prefix.bits) {
      throw engineError(
        500,
        `invalid CIDR: ${JSON.stringify(pool)}. Subnet size is too small for pool: ${subnetSize}`,
      );
    }
  }
  return { defaultAddressPools: pools, subnetSize };
}

/** Checks the port of the data path. @throws 500 */
function readDataPathPort(port: number): number {
  if (port === 0) return 4789;
  if (port >= 1024 && port <= 49_151) return port;
  throw engineError(500, `Datapath port number is not in valid range (1024-49151) : ${port}`);
}

/** Parses an availability. @throws with `status` */
export function readAvailability(given: string, status: number): "active" | "pause" | "drain" {
  const name = given.toLowerCase() || (status === 500 ? "active" : "");
  if (name === "active" || name === "pause" || name === "drain") return name;
  throw engineError(status, `invalid Availability: ${JSON.stringify(given)}`);
}
