import { EngineError, engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { endpointsOf } from "../endpoints/create.js";
import { registerMounts } from "../mounts/register.js";
import type { Container } from "./container.js";
import { keptHostConfig } from "./create.js";
import { resolveLinks } from "./legacy-links.js";
import { validateLogDriver } from "./log-driver.js";
import { checkSecurityOptions } from "./security-options.js";
import { validateHostSettings, validateModes } from "./validate.js";

/**
 * What clients of API versions before 1.24 bring with a start: it takes the place of the whole `HostConfig`. Mounts stay,
 * and those that are asked for come to them. With another network mode, the container leaves all its networks.
 *
 * @throws 400 what a create would refuse
 */
export function replaceHostConfig(daemon: Daemon, container: Container, given: HostConfig): void {
  const mode = given.NetworkMode || "default";
  const { Image = "" } = container.config;
  const request = { Image, HostConfig: { ...given, NetworkMode: mode } };
  validateModes(daemon, request);
  validateHostSettings(daemon, request.HostConfig);
  const { mounts, links } = asClientsFault(() => {
    checkSecurityOptions(daemon.release, request.HostConfig);
    validateLogDriver(daemon.release, request.HostConfig);
    const links = resolveLinks(daemon, mode, given.Links ?? []);
    return { links, mounts: registerMounts(daemon, container.id, request) };
  });
  for (const mount of container.mounts ?? []) {
    if (!mounts.has(mount.destination)) mounts.set(mount.destination, mount);
  }
  if (mounts.size > 0) container.mounts = [...mounts.values()];
  container.links = links.length > 0 ? links : null;
  const kept = keptHostConfig(daemon, request, mode);
  if (kept.NetworkMode !== container.hostConfig.NetworkMode) {
    const disabled = container.config.NetworkDisabled ?? false;
    const asked = { mode, macAddress: "", disabled, endpoints: new Map(), warnings: [] };
    container.endpoints.clear();
    for (const [name, endpoint] of endpointsOf(daemon, asked)) container.endpoints.set(name, endpoint);
  }
  container.hostConfig = kept;
}

/** Takes for the client's fault what a create takes for the engine's. */
function asClientsFault<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof EngineError ? engineError(400, error.message) : error;
  }
}
