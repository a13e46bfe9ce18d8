// Which ports of the host a call may take. Where published ports are opened on the real machine, they are tried
// before the call is performed, because the call itself waits for nothing.

import type { HostConfig } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../containers/container.js";
import { findContainer } from "../containers/find.js";
import type { Daemon } from "../daemon.js";
import { networkReference } from "../endpoints/conflicts.js";
import type { Attachment, Endpoint } from "../endpoints/endpoint.js";
import { newEndpoint } from "../endpoints/settings.js";
import { networkIfAny } from "../networks/find.js";
import type { Network } from "../networks/network.js";
import { publish, release } from "./publish.js";
import type { HostPort } from "./real-ports.js";

/** A call that may publish the ports of a container. */
export interface PublishingCall {
  readonly container: Container;
  /** The network that it is about to join, as the request names it. */
  readonly joins?: string;
  /** What a start brings in the place of the container's own. */
  readonly hostConfig?: HostConfig | undefined;
}

/** What a connect or a disconnect may publish: nothing where the container does not run or is not there. */
export function publishingChange(daemon: Daemon, ref: string, joins?: string): PublishingCall | undefined {
  let container: Container;
  try {
    container = findContainer(daemon, ref);
  } catch {
    return undefined;
  }
  if (!isRunning(container)) return undefined;
  return { container, ...(joins !== undefined && { joins }) };
}

/** The network through which a container on other networks than bridges publishes. */
const gatewayBridge = "docker_gwbridge";

/**
 * Lists the ports that a call may take, in the order in which it would ask for them. There may be more than it
 * will take: each network of the container is taken for the one that publishes, one after the other.
 */
export function portsToTry(daemon: Daemon, call: PublishingCall): HostPort[] {
  const { hostConfig } = call;
  const mode = { NetworkMode: call.container.hostConfig.NetworkMode };
  const container = hostConfig
    ? { ...call.container, hostConfig: { ...hostConfig, ...mode } }
    : call.container;
  const asked: HostPort[] = [];
  const ports = daemon.ports.fork();
  ports.real = {
    refusal(port) {
      asked.push(port);
      return daemon.ports.real?.refusal(port);
    },
    changed() {},
  };
  const trial = { release: daemon.release, settings: daemon.settings, networks: daemon.networks, ports };
  // What the container has now, it gives back first.
  if (isRunning(container)) release(trial, container.sandbox?.ports ?? {});
  for (const network of networksOf(daemon, container, call.joins)) {
    try {
      release(trial, publish(trial, container, throughOf(daemon, container, network)));
    } catch {
      // The call will say so itself.
    }
  }
  return asked;
}

function networksOf(daemon: Daemon, { endpoints }: Container, joins: string | undefined): Network[] {
  const all = [...endpoints].flatMap(
    ([name, endpoint]) => networkIfAny(daemon, networkReference(name, endpoint)) ?? [],
  );
  const joined = joins === undefined ? undefined : networkIfAny(daemon, joins);
  if (joined) all.push(joined);
  const others = all.some(({ driver }) => driver !== "bridge")
    ? networkIfAny(daemon, gatewayBridge)
    : undefined;
  if (others) all.push(others);
  return all.filter(({ driver }) => driver === "bridge");
}

/** What stands for the endpoint that will publish: it is on the network, and has the addresses that it gives. */
function throughOf(daemon: Daemon, container: Container, network: Network): Attachment {
  const endpoint: Endpoint = newEndpoint(daemon.release, {});
  return {
    id: "",
    network,
    container,
    endpoint,
    mac: "",
    ipv4: network.enableIPv4 ? "0.0.0.0" : "",
    ipv6: network.enableIPv6 ? "::" : "",
    interfaceNumber: null,
    index: 0,
    hostEnd: 0,
    names: [],
  };
}
