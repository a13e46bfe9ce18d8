import type { HostConfig } from "@dryharbor/sdk/port";
import { cleanPath } from "../mounts/path.js";
import { quotedText } from "../quote.js";
import type { Release } from "../releases/release.js";
import { host as machine } from "../system/host.js";

interface DeviceRequest {
  readonly Driver?: string;
  readonly DeviceIDs?: readonly string[] | null;
  readonly Capabilities?: readonly (readonly string[])[] | null;
}

/**
 * Returns the problem with the host's devices that a container asks for, or `undefined`. Looked for at a
 * start.
 */
export function deviceProblem(release: Release, host: HostConfig): string | undefined {
  const devices = (host.Devices ?? []) as readonly { readonly PathOnHost?: string }[];
  for (const { PathOnHost: path = "" } of devices) {
    if (host.Privileged && isDevice(path)) continue;
    const why = isDevice(path) ? undefined : "no such file or directory";
    if (why) {
      return `error gathering device information while adding custom device ${quotedText(path)}: ${why}`;
    }
  }
  const rules = host.Privileged ? [] : ((host.DeviceCgroupRules ?? []) as readonly string[]);
  const badRule = rules.find((rule) => !/^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/.test(rule));
  if (badRule !== undefined) return `invalid device cgroup rule format: '${badRule}'`;
  const [request] = (host.DeviceRequests ?? []) as readonly DeviceRequest[];
  return request && requestProblem(release, request);
}

/** Returns the problem with a device request. The simulated host has no driver for any. */
function requestProblem({ containers }: Release, request: DeviceRequest): string {
  const { Driver: driver = "", DeviceIDs: ids, Capabilities: capabilities } = request;
  if (driver === "cdi" && containers.injectsCdiDevices) {
    return `CDI device injection failed: unresolvable CDI devices ${(ids ?? []).join(", ")}`;
  }
  const gpu = containers.gpuDriver;
  const matches = (capabilities ?? []).some((all) => all.every((name) => gpu?.capabilities.includes(name)));
  if (gpu && (driver === gpu.name || (driver === "" && matches))) return gpu.failure;
  const wanted = (capabilities ?? []).map((all) => `[${all.join(" ")}]`).join(" ");
  return `could not select device driver ${quotedText(driver)} with capabilities: [${wanted}]`;
}

function isDevice(path: string): boolean {
  const clean = cleanPath(path);
  return machine.devices.some(
    (device) => `/dev/${device}` === clean || `/dev/${device}`.startsWith(`${clean}/`),
  );
}

const throttles = [
  "BlkioDeviceReadBps",
  "BlkioDeviceWriteBps",
  "BlkioDeviceReadIOps",
  "BlkioDeviceWriteIOps",
];

/** Returns the problem with the devices whose use is to be limited, or `undefined`. */
export function throttleProblem(host: HostConfig): string | undefined {
  for (const field of throttles) {
    for (const { Path = "" } of (host[field] ?? []) as readonly { readonly Path?: string }[]) {
      if (!isDevice(Path)) return `stat ${Path}: no such file or directory`;
    }
  }
  return undefined;
}
