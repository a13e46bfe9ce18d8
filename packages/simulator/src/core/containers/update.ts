import {
  type ContainerUpdateRequest,
  type ContainerUpdateResponse,
  engineError,
  type HostConfig,
} from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { isRunning } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { resourceWarnings } from "./resources.js";
import { limitProblem } from "./spec.js";
import { validateUpdate } from "./validate.js";

/** The resources that an update can limit, in the engine's order. */
const resources = [
  "CpuShares",
  "NanoCpus",
  "CpuPeriod",
  "CpuQuota",
  "CpusetCpus",
  "CpusetMems",
  "Memory",
  "MemorySwap",
  "MemoryReservation",
  "KernelMemory",
  "KernelMemoryTCP",
  "CpuRealtimePeriod",
  "CpuRealtimeRuntime",
  "PidsLimit",
] as const;

/**
 * `POST /containers/{id}/update`: changes a container's resource limits and its restart policy. Values that
 * are absent, zero or empty stay unchanged.
 *
 * @throws 400 for invalid values, 404, 409 for values that conflict with the container's others, 500 for
 * limits that the runtime cannot give to its processes
 */
export function updateContainer(
  daemon: Daemon,
  spelled: string,
  request: ContainerUpdateRequest,
): ContainerUpdateResponse {
  if (daemon.release.containers.updateFindsFirst) findContainer(daemon, spelled);
  validateUpdate(daemon, request);
  const container = findContainer(daemon, spelled);
  // The engine saves it also where it refuses, and with it the copy from which lists are made (moby, daemon/update.go).
  container.listed = null;
  const { hostConfig } = container;
  const refuse = (why: string): never => {
    throw engineError(409, `Cannot update container ${container.id}: ${why}`);
  };
  const { NanoCpus = 0, Memory: memory = 0 } = request;
  const cpuPeriod = Number(request.CpuPeriod ?? 0);
  const cpuQuota = Number(request.CpuQuota ?? 0);
  if (NanoCpus > 0 && Number(hostConfig.CpuPeriod ?? 0) > 0) {
    refuse("Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
  }
  if (NanoCpus > 0 && Number(hostConfig.CpuQuota ?? 0) > 0) {
    refuse("Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
  }
  if (cpuPeriod > 0 && Number(hostConfig.NanoCpus ?? 0) > 0) {
    refuse("Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
  }
  if (cpuQuota > 0 && Number(hostConfig.NanoCpus ?? 0) > 0) {
    refuse("Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
  }
  if (memory > 0 && !request.MemorySwap && memory > shownSwap(hostConfig)) {
    refuse(
      "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time",
    );
  }
  const policy = request.RestartPolicy?.Name ? request.RestartPolicy : undefined;
  if (policy && hostConfig.AutoRemove === true && policy.Name !== "no") {
    refuse("Restart policy cannot be updated because AutoRemove is enabled for the container");
  }

  const given = resources.filter((name) => {
    // For this field, 0 is a value, too.
    if (name === "PidsLimit") return (request[name] ?? null) !== null;
    return request[name];
  });
  const changed = Object.fromEntries(
    given.map((name) => [name, name === "PidsLimit" ? Math.max(0, Number(request[name])) : request[name]]),
  );
  const problem = isRunning(container) ? limitProblem(container, { ...hostConfig, ...changed }) : undefined;
  if (problem !== undefined) {
    const failure = daemon.release.containers.updateFailure(problem);
    throw engineError(500, `Cannot update container ${container.id}: ${failure}`);
  }
  container.hostConfig = { ...hostConfig, ...changed, ...(policy && { RestartPolicy: policy }) };
  emitContainerEvent(daemon, container, "update");
  const warnings = resourceWarnings(daemon.release, request);
  return {
    Warnings: warnings.length > 0 ? warnings : null,
  };
}

function shownSwap({ MemorySwap, Memory: memory = 0 }: HostConfig): number {
  return Number(MemorySwap ?? 0) || memory * 2;
}
