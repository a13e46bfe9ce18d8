import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { networkIfAny } from "../networks/find.js";
import { isUserDefinedMode } from "../networks/mode.js";
import type { Network } from "../networks/network.js";
import type { Endpoint } from "./endpoint.js";

const sharedNamespace =
  "container sharing network namespace with another container or host cannot be connected to any other network";

const privateNetwork =
  "container cannot be connected to multiple networks with one of the networks in private (none) mode";

/**
 * Makes the error for a container that shares a network namespace, with another container or with the host.
 */
export function sharesNamespace(): Error {
  return engineError(400, sharedNamespace);
}

/**
 * Returns the reference by which a container's network is looked up: the id that the network had when the
 * container was attached, or its name before.
 */
export function networkReference(name: string, { networkId }: Pick<Endpoint, "networkId">): string {
  return isUserDefinedMode(name) && networkId !== "" ? networkId : name;
}

/**
 * Checks whether a container can be on `network` beside its other networks. Returns `false` where it is on
 * that network already.
 *
 * @throws 400 where one of them is `host` or `none`, which allow no other
 */
export function admits(daemon: Daemon, container: Container, network: Network): boolean {
  if (container.hostConfig.NetworkMode !== "host" && network.driver === "host") {
    throw engineError(400, daemon.release.endpoints.hostConnectRefusal);
  }
  const others: Network[] = [];
  for (const [name, endpoint] of container.endpoints) {
    const other = networkIfAny(daemon, networkReference(name, endpoint));
    if (other?.name === network.name) return false;
    if (other) others.push(other);
  }
  for (const other of others) {
    if (other.driver === "host" || network.driver === "host") throw sharesNamespace();
    if (other.name === "none" || network.name === "none") throw engineError(400, privateNetwork);
  }
  return true;
}
