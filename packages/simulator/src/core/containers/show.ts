import type {
  ContainerInspect,
  ContainerState,
  EndpointSettings,
  NetworkSettings,
} from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { showEndpoint } from "../endpoints/show.js";
import { compareText } from "../go-order.js";
import { imageLayerDirectories } from "../images/show.js";
import { mountSource } from "../mounts/mount-source.js";
import { showMounts } from "../mounts/show.js";
import { showConfig } from "./config.js";
import type { Container } from "./container.js";
import { showHostConfig } from "./host-config.js";
import { layerDirectory, mergedDirectory } from "./layer-directory.js";
import { showManifest } from "./manifest.js";
import { sizeOfContainer } from "./size.js";

/** Shows a container as `GET /containers/{id}/json` does. */
export function showContainer(
  daemon: Daemon,
  container: Container,
  options: { readonly apiVersion?: string | undefined; readonly size?: boolean | undefined } = {},
): ContainerInspect {
  const { id, image, execIds } = container;
  return {
    Id: id,
    Created: formatTime(container.created),
    Path: container.path,
    Args: [...container.args],
    State: showState(container),
    Image: image?.id ?? "",
    ...showPaths(daemon, container),
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: daemon.release.system.storage.driver,
    Platform: platformOf(daemon, image),
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: "",
    ExecIDs: execIds && execIds.size > 0 ? [...execIds] : null,
    HostConfig: showHostConfig(daemon, container),
    ...showStorage(daemon, container, options.apiVersion),
    ...(options.size && showSize(daemon, container)),
    Mounts: showMounts(daemon, container),
    Config: showConfig(
      container.config,
      shownMacAddress(daemon, container),
      daemon.release.containers.showsEmptyOnBuild,
    ),
    NetworkSettings: showNetworkSettings(daemon, container, options.apiVersion),
    ...showManifest(daemon, container, options.apiVersion),
  };
}

function showSize(daemon: Daemon, container: Container): { SizeRw: number; SizeRootFs: number } {
  const { own, all } = sizeOfContainer(daemon, container);
  return { SizeRw: own, SizeRootFs: all };
}

function showState({ state }: Container): ContainerState {
  const { status } = state;
  return {
    Status: status,
    Running: status === "running" || status === "paused" || status === "restarting",
    Paused: status === "paused",
    Restarting: status === "restarting",
    OOMKilled: false,
    Dead: status === "dead",
    Pid: state.pid,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: formatTime(state.startedAt),
    FinishedAt: formatTime(state.finishedAt),
    ...(state.health && { Health: state.health }),
  };
}

/**
 * Shows the paths of the engine's files for the container. A path is empty until its file has been written. What the
 * container mounts in its place stands there from a start or an archive on.
 */
function showPaths(daemon: Daemon, { id, paths, hostConfig, mounts }: Container) {
  const { settings } = daemon;
  const toFile = (hostConfig.LogConfig?.Type || "json-file") === "json-file";
  const own = `${settings.dataRoot}/containers/${id}`;
  const shared = `${settings.dataRoot}/containers/${paths.owner || id}`;
  const mounted = (path: string): string | undefined => {
    const point =
      paths.hostname || paths.mounted ? mounts?.find(({ destination }) => destination === path) : undefined;
    if (path === paths.unmounted) return undefined;
    return point && mountSource(daemon, point);
  };
  return {
    ResolvConfPath: mounted("/etc/resolv.conf") ?? (paths.network ? `${shared}/resolv.conf` : ""),
    HostnamePath: mounted("/etc/hostname") ?? (paths.hostname ? `${shared}/hostname` : ""),
    HostsPath: mounted("/etc/hosts") ?? (paths.network ? `${shared}/hosts` : ""),
    LogPath: paths.log && toFile ? `${own}/${id}-json.log` : "",
  };
}

/** Shows where the container's files are. A store of content tells no more than who keeps them. */
function showStorage(daemon: Daemon, container: Container, apiVersion: string | undefined): object {
  if (!daemon.release.images.storesContent) return { GraphDriver: showGraphDriver(daemon, container) };
  const { driver } = daemon.release.system.storage;
  if (isOlder(apiVersion, "1.52")) return { GraphDriver: { Data: null, Name: driver } };
  return { Storage: { RootFS: { Snapshot: { Name: driver } } } };
}

function showGraphDriver(daemon: Daemon, container: Container) {
  const { id, image } = container;
  const layer = layerDirectory(daemon, container);
  const lower = image ? imageLayerDirectories(daemon, image).map((below) => `:${below}/diff`) : [];
  return {
    Data: {
      ...(daemon.release.containers.graphDriverShowsId && { ID: id }),
      LowerDir: `${layer}-init/diff${lower.join("")}`,
      MergedDir: mergedDirectory(daemon, container),
      UpperDir: `${layer}/diff`,
      WorkDir: `${layer}/work`,
    },
    Name: "overlay2",
  };
}

/**
 * Returns the container-wide MAC address. It is kept with the endpoint of the network that the mode names.
 * From 26.1 on, the engine saves it when it shows it. So a container that was inspected shows it even after
 * it has left that network.
 */
function shownMacAddress({ release }: Daemon, container: Container): string {
  if (release.containers.restoresAddressesBefore !== undefined) return "";
  const { config } = container;
  const address = config.MacAddress || wantedMacAddress(container);
  if (address !== "") config.MacAddress = address;
  return address;
}

/** Returns the MAC address that was asked for on the network that the container's mode names. */
export function wantedMacAddress({ hostConfig, endpoints }: Container): string {
  const mode = hostConfig.NetworkMode === "default" ? "bridge" : hostConfig.NetworkMode;
  return endpoints.get(mode)?.macAddress || "";
}

function showNetworkSettings(
  daemon: Daemon,
  container: Container,
  apiVersion: string | undefined,
): NetworkSettings {
  const { sandbox, endpoints } = container;
  const Networks: Record<string, EndpointSettings> = Object.fromEntries(
    [...endpoints.keys()]
      .toSorted(compareText)
      .map((name) => [name, showEndpoint(daemon, container, name, endpoints.get(name)!, apiVersion)]),
  );
  const key = sandbox ? { SandboxKey: `/run/docker/netns/${namespaceName(container)}` } : { SandboxKey: "" };
  const ports = { Ports: { ...sandbox?.ports } };
  const { sandboxKeysFirst, restoresAddressesBefore } = daemon.release.containers;
  if (restoresAddressesBefore !== undefined) {
    return { SandboxID: sandbox?.id ?? "", ...key, ...ports, Networks } as NetworkSettings;
  }
  return {
    Bridge: "",
    SandboxID: sandbox?.id ?? "",
    ...(sandboxKeysFirst && { ...key, ...ports }),
    HairpinMode: false,
    LinkLocalIPv6Address: "",
    LinkLocalIPv6PrefixLen: 0,
    ...(!sandboxKeysFirst && { ...ports, ...key }),
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    ...defaultBridgeSettings(Networks.bridge),
    Networks,
  } as NetworkSettings;
}

function namespaceName({ hostConfig, sandbox }: Container): string {
  return hostConfig.NetworkMode === "host" ? "default" : (sandbox?.id.slice(0, 12) ?? "");
}

/** Shows the addresses at the top level. They are those of the default bridge only. */
export function defaultBridgeSettings(bridge: EndpointSettings | undefined) {
  return {
    EndpointID: bridge?.EndpointID ?? "",
    Gateway: bridge?.Gateway ?? "",
    GlobalIPv6Address: bridge?.GlobalIPv6Address ?? "",
    GlobalIPv6PrefixLen: bridge?.GlobalIPv6PrefixLen ?? 0,
    IPAddress: bridge?.IPAddress ?? "",
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: bridge?.IPv6Gateway ?? "",
    MacAddress: bridge?.MacAddress ?? "",
  };
}

function platformOf({ release }: Daemon, image: Container["image"]): string {
  if (!image || (image.os === "" && release.images.emptySystemIsHosts)) return "linux";
  return image.os;
}
