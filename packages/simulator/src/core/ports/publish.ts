import { engineError, type PortBinding } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import { type BindingRequest, bindingRequests } from "./binding-order.js";
import { formatPort, parsePort } from "./port.js";

/** What publishing shows: ports as inspect has them. */
type Published = Record<string, PortBinding[] | null>;

/** A container's ports are published through the endpoint that gives it its default gateway, if that is on a bridge. */
function gateway(daemon: Daemon, container: Container): Attachment | null {
  const reaching = orderedAttachments(daemon, container).find(
    ({ network }) => network.driver === "bridge" && !network.internal,
  );
  return reaching ?? null;
}

/**
 * Publishes a container's ports anew where its gateway has changed: to be called after each endpoint
 * that comes or goes. Ephemeral ports get new numbers then, as in the engine. Where a port cannot be
 * had it throws, and the container has none published.
 */
export function republishPorts(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  if (!sandbox) return;
  const through = gateway(daemon, container);
  if (through === sandbox.publishedThrough) return;
  unpublishPorts(daemon, container);
  if (!through) return;
  sandbox.ports = publish(daemon, container, through);
  sandbox.publishedThrough = through;
}

/** Gives all of a container's ports back. */
export function unpublishPorts(daemon: Daemon, container: Container): void {
  const { sandbox } = container;
  if (!sandbox) return;
  release(daemon, sandbox.ports);
  sandbox.ports = {};
  sandbox.publishedThrough = null;
}

/** Takes the ports that a container of a snapshot holds. */
export function retakePorts(daemon: Daemon, container: Container): void {
  for (const [key, bindings] of Object.entries(container.sandbox?.ports ?? {})) {
    for (const { HostIp = "", HostPort = "" } of bindings ?? []) {
      const port = Number(HostPort);
      daemon.ports.take([HostIp], parsePort(key).protocol, { first: port, last: port }, false);
    }
  }
}

function release(daemon: Daemon, ports: Published): void {
  for (const [key, bindings] of Object.entries(ports)) {
    for (const { HostIp = "", HostPort = "" } of bindings ?? []) {
      daemon.ports.free(HostIp, parsePort(key).protocol, Number(HostPort));
    }
  }
}

function publish(daemon: Daemon, container: Container, through: Attachment): Published {
  const { config, hostConfig } = container;
  const exposed = Object.keys(config.ExposedPorts ?? {}).toSorted();
  const published: Published = {};
  for (const text of exposed) published[formatPort(parsePort(text))] = null;
  const requests = bindingRequests(
    exposed,
    hostConfig.PortBindings ?? {},
    hostConfig.PublishAllPorts ?? false,
  );
  try {
    for (const request of daemon.release.containers.bindingOrder(requests)) {
      const key = formatPort(request.port);
      published[key] = [...(published[key] ?? []), ...bind(daemon, request, through)];
    }
  } catch (error) {
    release(daemon, published);
    const reason = error instanceof BindFailure ? error.message : String(error);
    throw engineError(
      500,
      `driver failed programming external connectivity on endpoint ${container.name} (${through.id}): ${reason}`,
    );
  }
  return Object.fromEntries(Object.entries(published).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

class BindFailure extends Error {}

function bind(daemon: Daemon, request: BindingRequest, through: Attachment): PortBinding[] {
  const addresses = hostAddresses(request, through);
  const together = daemon.release.containers.portsOfAllAddressesTogether;
  const groups = together ? [addresses] : addresses.map((address) => [address]);
  return groups.flatMap((group) => {
    const port = String(takePort(daemon, request, group, through));
    return group.map((HostIp) => ({ HostIp, HostPort: port }));
  });
}

/** Both families, unless the binding or the network's default says one address. */
function hostAddresses({ hostIp }: BindingRequest, { network }: Attachment): string[] {
  if (hostIp !== "") return [hostIp];
  const byDefault = network.options["com.docker.network.bridge.host_binding_ipv4"] ?? "0.0.0.0";
  return byDefault === "0.0.0.0" ? ["0.0.0.0", "::"] : [byDefault];
}

/** The bridge driver tries that often to find an ephemeral port that can be bound. */
const attempts = 10;

function takePort(
  daemon: Daemon,
  { port, range }: BindingRequest,
  addresses: readonly string[],
  through: Attachment,
): number {
  const { containers } = daemon.release;
  let reason = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = daemon.ports.take(addresses, port.protocol, range, containers.portsOfAllAddressesTogether);
    if (typeof taken !== "number") {
      throw new BindFailure(
        taken.kind === "exhausted"
          ? "all ports are allocated"
          : `Bind for ${taken.address}:${taken.port} failed: port is already allocated`,
      );
    }
    const refusing = addresses.find((address) => !isOwnAddress(daemon, address));
    const blocked = addresses.find((address) => daemon.ports.blocked(address, port.protocol, taken));
    if (refusing === undefined && blocked === undefined) return taken;
    for (const address of addresses) daemon.ports.free(address, port.protocol, taken);
    reason =
      refusing !== undefined
        ? containers.unavailableHostAddress(refusing, taken, range, port, through.ipv4)
        : containers.blockedHostPort(blocked ?? "", taken, port);
    if (range.first !== 0) break;
  }
  throw new BindFailure(reason);
}

/** Whether the host can listen at an address: loopback, everywhere, its own, and its bridges'. */
function isOwnAddress(daemon: Daemon, address: string): boolean {
  if (address.startsWith("127.") || ["0.0.0.0", "::", "::1"].includes(address)) return true;
  if (daemon.settings.hostSubnets.some((subnet) => subnet.split("/")[0] === address)) return true;
  for (const network of daemon.networks.byId.values()) {
    if (network.ipam.Config?.some(({ Gateway }) => Gateway === address)) return true;
  }
  return false;
}
