import type { HostConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";

/** Why there can be no container with a runtime of that name. */
export function runtimeProblem({ containers }: Release, name: string): string | undefined {
  if (name === "" || containers.runtimes.includes(name)) return undefined;
  // The last two parts name a program, which nobody looks for yet.
  if (containers.takesRuntimeNames && /^[^./][^/]*\.[^/]*$/.test(name)) return undefined;
  return containers.unknownRuntime(name);
}

/** Why a container's runtime cannot be started. */
export function missingRuntime({ containers }: Release, { Runtime }: HostConfig): string | undefined {
  const name = typeof Runtime === "string" ? Runtime : "";
  if (name === "" || containers.runtimes.includes(name)) return undefined;
  const [kind, version] = name.split(".").slice(-2);
  return containers.runtimeMissing(name, `containerd-shim-${kind}-${version}`);
}

export function runtimeWarnings({ containers }: Release, host: HostConfig | null | undefined): string[] {
  if (!host?.Runtime || host.Runtime !== containers.deprecatedRuntime) return [];
  return [`Configured runtime "${host.Runtime}" is deprecated and will be removed in the next release.`];
}
