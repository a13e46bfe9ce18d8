import { row, since26, since28 } from "./row.js";

/** What differs between releases in a swarm. Each row says where it was seen. */
export const swarmRows = {
  /** A port that is a name of none. Seen: `ListenAddr: 0.0.0.0:zz`. */
  unknownPort: since26(
    (port: string) => `address tcp/${port}: unknown port`,
    (port: string) => `lookup tcp/${port}: unknown port`,
  ),
  /** Seen: join of a swarm at a port where nobody listens. */
  dialError: since26("Error while dialing dial tcp", "Error while dialing: dial tcp"),
  /** Networks of a swarm can have IPv6 subnets. Seen: create with `fd00::/64`: 28.5 leaves the network without subnets. */
  allocatesIPv6: row(true, true, false),
  /** Seen: create of an overlay network with `EnableIPv4: false`. */
  refusesWithoutIPv4: since28(false, true),
  /** The ingress network's own endpoint is among its tasks. Seen: a verbose inspect of `ingress`. */
  ingressIsTask: since26(true, false),
  /** Tasks tell of volumes of the swarm's own. Seen: `GET /tasks?filters={"runtime":["attachment"]}`. */
  tasksHaveVolumes: since26(false, true),
  /** Seen: rename of a running container on an attachable network. */
  renameRefusal: since26(
    (name: string, key: string) =>
      `Could not add service state for endpoint ${name} to cluster on rename: ${key}`,
    (name: string, key: string) =>
      `could not add service state for endpoint ${name} to cluster on UpdateDNSNames: ${key}`,
  ),
};
