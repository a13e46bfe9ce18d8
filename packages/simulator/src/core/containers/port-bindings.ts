// Ports with an empty list of bindings (moby: server/router/container).
import type { HostConfig, PortBinding } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Release } from "../releases/release.js";

/**
 * Returns the bindings as the engine keeps them, where it fills empty ones, and what it warns of.
 *
 * @param apiVersion the client's API version; `undefined` for the engine's newest
 */
export function emptyBindings(
  { containers }: Release,
  host: HostConfig | null | undefined,
  apiVersion?: string,
): { readonly bindings?: Record<string, PortBinding[]>; readonly warnings: readonly string[] } {
  const rules = containers.fillsEmptyBindings;
  if (!rules || !host?.PortBindings) return { warnings: [] };
  const filled: string[] = [];
  const bindings = Object.entries(host.PortBindings).map(([port, list]): [string, PortBinding[]] => {
    if (list && list.length > 0) return [port, list];
    filled.push(port);
    return [port, [{ HostIp: "", HostPort: "" }]];
  });
  const warned = filled.length > 0 && !isOlder(apiVersion, rules.warnsSince);
  return {
    bindings: Object.fromEntries(bindings),
    warnings: warned
      ? [
          `Following container port(s) have an empty list of port-bindings: ${filled.join(", ")}. Such bindings will be discarded in a future version.`,
        ]
      : [],
  };
}
