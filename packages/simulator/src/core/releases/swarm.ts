import { row, since26, since28, since29 } from "./row.js";

/**
 * Differences between releases in swarms. The comment of a boolean row describes `true`. "Seen" names the
 * request that showed the difference.
 */
export const swarmRows = {
  /** The message about an unknown port name. Seen: `ListenAddr: 0.0.0.0:zz`. */
  unknownPort: since26(
    (port: string) => `address tcp/${port}: unknown port`,
    (port: string) => `lookup tcp/${port}: unknown port`,
  ),
  /** The words for a connection that is refused. Seen: join of a swarm at a port where nothing listens. */
  dialError: since26("Error while dialing dial tcp", "Error while dialing: dial tcp"),
  /**
   * Networks of a swarm can have IPv6 subnets. 28.5 leaves such a network without subnets. Seen: create with
   * `fd00::/64`.
   */
  allocatesIPv6: row(true, true, false),
  /** An overlay network must have IPv4. Seen: create of an overlay network with `EnableIPv4: false`. */
  refusesWithoutIPv4: since28(false, true),
  /** The ingress network's own endpoint is among its tasks. Seen: a verbose inspect of `ingress`. */
  ingressIsTask: since26(true, false),
  /** Tasks show cluster volumes. Seen: `GET /tasks?filters={"runtime":["attachment"]}`. */
  tasksHaveVolumes: since26(false, true),
  /**
   * A list of networks has the swarm filter its own by name and id, which knows whole names and beginnings of ids. Seen:
   * `GET /networks?filters={"name":["ope"]}` with a network `open` that is not on the node.
   */
  filtersNetworks: since29(true, false),
  /** The virtual address of containers, which are of no service. Seen: a verbose inspect of an overlay network. */
  noVirtualAddress: since29("<nil>", ""),
  /** The message about a rename of a running container on an attachable network. Seen: such a rename. */
  renameRefusal: since26(
    (name: string, key: string) =>
      `Could not add service state for endpoint ${name} to cluster on rename: ${key}`,
    (name: string, key: string) =>
      `could not add service state for endpoint ${name} to cluster on UpdateDNSNames: ${key}`,
  ),
};
