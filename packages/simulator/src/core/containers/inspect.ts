import type { ContainerInspect } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { compareText, deeplySorted } from "../go-order.js";
import { showMounts } from "../mounts/show.js";
import type { Container } from "./container.js";
import { defaultBridgeSettings, showContainer, wantedMacAddress } from "./show.js";

/**
 * `GET /containers/{id}/json`, in the form of the client's API version. Up to 1.20 there are no sizes, no
 * networks but the default bridge, and some settings of `HostConfig` are in `Config`, too.
 */
export function inspectContainer(
  daemon: Daemon,
  container: Container,
  { apiVersion, size }: { readonly apiVersion?: string; readonly size?: boolean },
): object {
  if (!isOlder(apiVersion, "1.21")) {
    return showForClient(daemon, container, { apiVersion, size });
  }
  const { Config, NetworkSettings, ...shown } = showContainer(daemon, container, { apiVersion });
  const { Mounts: _mounts, ...base } = shown;
  const Mounts = showMounts(daemon, container) as Mount[];
  const { Networks: _, Ports, ...network } = NetworkSettings;
  const settings = oldOrder(network, Object.keys(Ports).length > 0 ? Ports : null);
  const beside = besideConfig(Config, base.HostConfig);
  if (!isOlder(apiVersion, "1.20")) {
    return { ...base, Mounts, Config: beside, NetworkSettings: settings };
  }
  const { Memory, MemorySwap, CpuShares, CpusetCpus } = base.HostConfig;
  return {
    ...base,
    Volumes: Object.fromEntries(byDestination(Mounts, (mount) => mount.Source)),
    VolumesRW: Object.fromEntries(byDestination(Mounts, (mount) => mount.RW)),
    Config: { ...beside, Memory, MemorySwap, CpuShares, Cpuset: CpusetCpus },
    NetworkSettings: settings,
  };
}

/** Shows a container, with what an inspect had in the client's API version. */
export function showForClient(
  daemon: Daemon,
  container: Container,
  options: { readonly apiVersion?: string | undefined; readonly size?: boolean | undefined },
): ContainerInspect {
  const { apiVersion } = options;
  const shown = showContainer(daemon, container, options);
  const { restoresAddressesBefore: before } = daemon.release.containers;
  if (before === undefined || !isOlder(apiVersion, before)) return shown;
  const { bridge } = shown.NetworkSettings.Networks;
  const mac = wantedMacAddress(container);
  if (!bridge && mac === "") return shown;
  return deeplySorted({
    ...shown,
    ...(mac !== "" && { Config: { ...shown.Config, MacAddress: mac } }),
    ...(bridge && { NetworkSettings: { ...shown.NetworkSettings, ...defaultBridgeSettings(bridge) } }),
  }) as ContainerInspect;
}

/** Puts `Ports` before `SandboxKey`. */
function oldOrder(network: object, Ports: object | null): object {
  const entries = Object.entries(network).flatMap(([key, value]) =>
    key === "SandboxKey"
      ? [
          ["Ports", Ports],
          [key, value],
        ]
      : [[key, value]],
  );
  return Object.fromEntries(entries);
}

function besideConfig(config: ContainerInspect["Config"], host: ContainerInspect["HostConfig"]): object {
  const { MacAddress = "", NetworkDisabled = false, ExposedPorts = null, ...own } = config;
  return { ...own, MacAddress, NetworkDisabled, ExposedPorts, VolumeDriver: host.VolumeDriver };
}

interface Mount {
  readonly Source: string;
  readonly Destination: string;
  readonly RW: boolean;
}

function byDestination<T>(mounts: readonly Mount[], of: (mount: Mount) => T): [string, T][] {
  return mounts
    .map((mount): [string, T] => [mount.Destination, of(mount)])
    .sort(([one], [other]) => compareText(one, other));
}
