import type { HostConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";

/** Returns why a container cannot have a runtime of this name; `undefined` when it can. */
export function runtimeProblem({ containers }: Release, name: string): string | undefined {
  if (name === "" || containers.runtimes.includes(name)) return undefined;
  // The last two parts name a program. The engine does not look for that program yet.
  if (containers.takesRuntimeNames && /^[^./][^/]*\.[^/]*$/.test(name)) return undefined;
  return containers.unknownRuntime(name);
}

/** Returns why a container's runtime cannot be started; `undefined` when it can. */
export function missingRuntime({ containers }: Release, { Runtime }: HostConfig): string | undefined {
  const name = typeof Runtime === "string" ? Runtime : "";
  if (name === "" || containers.runtimes.includes(name)) return undefined;
  const [kind, version] = name.split(".").slice(-2);
  return containers.runtimeMissing(name, `containerd-shim-${kind}-${version}`);
}

/** Lists the warning about a deprecated runtime. */
export function runtimeWarnings({ containers }: Release, host: HostConfig | null | undefined): string[] {
  if (!host?.Runtime || host.Runtime !== containers.deprecatedRuntime) return [];
  return [`Configured runtime "${host.Runtime}" is deprecated and will be removed in the next release.`];
}
