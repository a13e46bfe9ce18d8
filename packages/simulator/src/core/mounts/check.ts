import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { sourceProblem } from "./bind-source.js";
import { type MountSpec, mountProblem, mountSettings } from "./spec.js";

/** Checks all entries of `Mounts` at a create and at a start. @throws 400 */
export function checkMounts(daemon: Daemon, host: HostConfig): void {
  for (const spec of mountSettings(host).mounts) checkMount(daemon, spec);
}

function checkMount(daemon: Daemon, spec: MountSpec): void {
  const { Type: type = "", Source = "", BindOptions } = spec;
  const makes = daemon.release.volumes.knowsSubpath && BindOptions?.CreateMountpoint === true;
  const problem =
    mountProblem(daemon.release, spec) ??
    (type === "bind" ? sourceProblem(daemon, Source, makes) : undefined);
  if (problem === undefined) return;
  throw engineError(400, `invalid mount config for type ${JSON.stringify(type)}: ${problem}`);
}
