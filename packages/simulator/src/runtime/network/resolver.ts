import { type Container, isRunning } from "../../core/containers/container.js";
import { findContainer } from "../../core/containers/find.js";
import type { Daemon } from "../../core/daemon.js";
import { type DnsServer, embeddedServer } from "../../core/dns/server.js";
import { namespaceOwner } from "../../core/files/namespace-owner.js";

/**
 * Returns the embedded DNS server of the container that has a name or id. It is silent while there is no such
 * container, and while that has no embedded DNS: when it does not run, and on the default bridge.
 */
export function resolverOf(daemon: Daemon, ref: string): DnsServer {
  let known: { readonly container: Container; readonly server: DnsServer } | undefined;
  const current = (): typeof known => {
    if (known && stillNamed(daemon, known.container, ref)) return known;
    try {
      const container = findContainer(daemon, ref);
      known = { container, server: embeddedServer(daemon, container) };
    } catch {
      known = undefined;
    }
    return known;
  };
  return (message, transport) => {
    const { container, server } = current() ?? {};
    if (!container || !server || !isRunning(container)) return undefined;
    return namespaceOwner(daemon, container).etc?.embedded ? server(message, transport) : undefined;
  };
}

function stillNamed({ containers }: Daemon, container: Container, ref: string): boolean {
  const { id, name } = container;
  return containers.byId.get(id) === container && (name === ref || id.startsWith(ref));
}
