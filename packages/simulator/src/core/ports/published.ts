import { type Address, formatAddress } from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { type HostPorts, publishedKey } from "./host-ports.js";
import { parsePort } from "./port.js";

/** A port of the host that leads to a container. */
export interface PublishedPort {
  readonly protocol: string;
  /** The host's address that it is published at. `0.0.0.0` and `::` are all addresses of the family. */
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly container: Container;
  readonly containerPort: number;
  /** The endpoint that it leads to. */
  readonly through: Attachment;
}

/** Lets the ports that a container publishes lead to it. */
export function addPublished(ports: HostPorts, container: Container): void {
  for (const port of portsOf(container)) {
    const key = publishedKey(port.protocol, port.hostPort);
    const others = ports.published.get(key);
    if (others) others.push(port);
    else ports.published.set(key, [port]);
    changed(ports);
  }
}

/** Lets no port lead to a container any more. */
export function removePublished(ports: HostPorts, container: Container): void {
  for (const { protocol, hostPort } of portsOf(container)) {
    const key = publishedKey(protocol, hostPort);
    const left = (ports.published.get(key) ?? []).filter((each) => each.container !== container);
    if (left.length > 0) ports.published.set(key, left);
    else ports.published.delete(key);
    changed(ports);
  }
}

function changed(ports: HostPorts): void {
  ports.version++;
  ports.real?.changed();
}

function portsOf(container: Container): PublishedPort[] {
  const { sandbox } = container;
  const through = sandbox?.publishedThrough;
  if (!sandbox || !through) return [];
  return Object.entries(sandbox.ports).flatMap(([key, bindings]) =>
    (bindings ?? []).flatMap(({ HostIp: hostAddress = "", HostPort = "" }) => {
      // A routed port is open at the container's own address and takes none of the host's.
      if (HostPort === "") return [];
      const { number: containerPort, protocol } = parsePort(key);
      return { protocol, hostAddress, hostPort: Number(HostPort), container, containerPort, through };
    }),
  );
}

/** Returns the published port that takes what is sent to one of the host's addresses, if there is one. */
export function publishedAt(
  ports: HostPorts,
  protocol: string,
  address: Address,
  port: number,
): PublishedPort | undefined {
  const text = formatAddress(address);
  const any = address.family === 4 ? "0.0.0.0" : "::";
  return ports.published
    .get(publishedKey(protocol, port))
    ?.find(({ hostAddress }) => hostAddress === text || hostAddress === any);
}
