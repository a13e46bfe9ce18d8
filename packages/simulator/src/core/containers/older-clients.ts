import type { ContainerCreateRequest, HostConfig } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Release } from "../releases/release.js";

/**
 * Translates a create request of an older API version. Fields that the version did not have count as not
 * given, and some fields that were not given had another meaning. Seen: each field at each version.
 */
export function asClientMeant(
  { containers }: Release,
  request: ContainerCreateRequest,
  apiVersion: string | undefined,
): ContainerCreateRequest {
  const before = (version: string) => isOlder(apiVersion, version);
  const changed: Record<string, unknown> = {};
  const host: HostConfig = request.HostConfig ?? {};
  // Up to 1.24, the client itself removed the container.
  if (before("1.25") && host.AutoRemove) changed.AutoRemove = false;
  if (before("1.40")) {
    if (host.KernelMemoryTCP) changed.KernelMemoryTCP = 0;
    if (!host.IpcMode && (request.HostConfig || containers.alwaysHasHostConfig))
      changed.IpcMode = "shareable";
  }
  if (containers.alwaysHasHostConfig) {
    if (before("1.42") && host.ConsoleSize) changed.ConsoleSize = [0, 0];
    if (!before("1.42") && host.KernelMemory) changed.KernelMemory = 0;
    if (before("1.43") && host.Annotations) changed.Annotations = null;
  }
  const meant =
    Object.keys(changed).length === 0 ? request : { ...request, HostConfig: { ...host, ...changed } };
  if (!before("1.44") || !request.Healthcheck?.StartInterval) return meant;
  return { ...meant, Healthcheck: { ...request.Healthcheck, StartInterval: 0 } };
}
