// Container create. The routes and the engine driver call it for `POST /containers/create`. The files named
// after one setting each (`log-driver.ts`, `validate.ts`, `legacy-links.ts` …) have the checks; this file has
// their order.

import { emptyTree } from "@dryharbor/kernel/host";
import { type ContainerCreateRequest, type ContainerCreateResponse, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { checkNetworks, endpointsOf, readNetworks } from "../endpoints/create.js";
import { newId, shortId } from "../id.js";
import type { Image } from "../images/image.js";
import { parsePlatform, platformText, runsOn } from "../images/platform.js";
import { findImageFor } from "../images/platform-mismatch.js";
import { rootOf } from "../images/root.js";
import { broughtAs, meantName } from "../images/stored/show.js";
import { nextUnpackFailure } from "../images/unpacking.js";
import { fillVolumes } from "../mounts/mount.js";
import { registerConfigVolumes, registerMounts } from "../mounts/register.js";
import { releaseMounts } from "../mounts/release.js";
import { checkMountVersions, mountWarnings, volumeDriverWarnings } from "../mounts/spec.js";
import { baseOf } from "./base.js";
import { hasConfig, mergeConfig } from "./config.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { addLinkNames, resolveLinks } from "./legacy-links.js";
import { validateLogDriver } from "./log-driver.js";
import { newName } from "./name.js";
import { sharedNamespaces } from "./namespaces.js";
import { joinedContainer } from "./network-mode.js";
import { newContainer } from "./new.js";
import { asClientMeant } from "./older-clients.js";
import { emptyBindings } from "./port-bindings.js";
import { keptLimit, resourceWarnings } from "./resources.js";
import { runtimeWarnings } from "./runtime.js";
import { checkSecurityOptions } from "./security-options.js";
import { checkStorage, validateModes, validateSettings } from "./validate.js";
import { makeWorkingDirectory } from "./working-directory.js";

/** A request body as HTTP may bring it: empty, or without the fields that the port's types require. */
export type ContainerCreateBody = ContainerCreateRequest | Record<string, never> | null;

/**
 * `POST /containers/create`. Makes its checks in the engine's order: modes, number of endpoints, settings,
 * image (20.10: after the endpoints), endpoints, command, log driver, name, links.
 *
 * @param name empty for a random name
 * @param platform the platform that the image must be for, e.g. `linux/arm64`. Empty: any. API versions
 *   before 1.41 do not know it
 */
export function createContainer(
  daemon: Daemon,
  body: ContainerCreateBody,
  name = "",
  apiVersion?: string,
  platform = "",
): ContainerCreateResponse {
  const { containers } = daemon.release;
  if (body === null || !hasConfig(body)) throw engineError(400, containers.emptyConfig);
  const wanted =
    platform === "" || isOlder(apiVersion, "1.41") ? undefined : parsePlatform(daemon.release, platform);
  const request = asClientMeant(daemon.release, body as ContainerCreateRequest, apiVersion);

  validateModes(daemon, request);
  checkMountVersions(daemon.release, request.HostConfig, apiVersion);
  const networks = readNetworks(daemon, request, apiVersion);
  const networkMode = networks.mode;
  validateSettings(daemon, request);
  const reference = request.Image ?? "";
  const lookUp = () => (reference === "" ? undefined : findImageFor(daemon, reference, wanted));
  const early = containers.imageBeforeEndpoints ? lookUp() : undefined;
  checkNetworks(daemon, networks);
  const shared = sharedNamespaces(daemon, request.HostConfig ?? {});
  const image = containers.imageBeforeEndpoints ? early : lookUp();

  const config = mergeConfig(request, image?.config);
  if (networks.macAddress === "") delete config.MacAddress;
  const { makesVolumeMap } = containers;
  if (
    !image &&
    (makesVolumeMap === "always" || (makesVolumeMap === "with a HostConfig" && request.HostConfig))
  ) {
    config.Volumes ??= {};
  }
  const command = (config.Entrypoint ?? []).concat(config.Cmd ?? []);
  const [path] = command;
  if (path === undefined) throw engineError(400, containers.noCommand);
  validateLogDriver(daemon.release, request.HostConfig ?? {});

  const id = newId(daemon.random);
  const chosen = newName(daemon, id, name);
  config.Hostname ||= networkMode === "host" ? daemon.settings.hostname : shortId(id);

  const container = newContainer({
    id,
    name: chosen,
    nameGenerated: name === "",
    created: daemon.clock.now(),
    config: config as Container["config"],
    hostConfig: { ...keptHostConfig(daemon, request, networkMode), ...shared },
    image: image ?? null,
    base: baseOf(image ? rootOf(image) : emptyTree),
    path,
    args: command.slice(1),
    endpoints: endpointsOf(daemon, networks),
  });
  const cameAs = image && !image.index ? broughtAs(image, meantName(daemon, image, reference)) : undefined;
  if (cameAs !== undefined) container.imageCameAs = cameAs;
  try {
    if (image) refuseUnlessUnpacked(daemon, image);
    checkSecurityOptions(daemon.release, request.HostConfig ?? {});
    checkStorage(request.HostConfig ?? {});
    makeWorkingDirectory(daemon, container);
    const mounts = registerMounts(daemon, id, request);
    if (mounts.size > 0) container.mounts = [...mounts.values()];
    const links = resolveLinks(daemon, networkMode, request.HostConfig?.Links ?? []);
    if (links.length > 0) container.links = links;
    registerConfigVolumes(daemon, container, config.Volumes ?? {}, request, mounts);
    if (mounts.size > 0) container.mounts = [...mounts.values()];
    fillVolumes(daemon, container);
  } catch (error) {
    // At this point the engine has made a container. It removes it again, and emits an event about that.
    releaseMounts(daemon, container, { remove: true });
    emitContainerEvent(daemon, container, "destroy");
    throw error;
  }
  daemon.containers.add(container);
  addLinkNames(daemon, container);
  emitContainerEvent(daemon, container, "create");
  const published = Object.keys(request.HostConfig?.PortBindings ?? {}).length > 0;
  return {
    Id: id,
    Warnings: [
      ...resourceWarnings(daemon.release, request.HostConfig),
      ...runtimeWarnings(daemon.release, request.HostConfig),
      ...mountWarnings(request.HostConfig),
      ...(networkMode === "host" && published
        ? ["Published ports are discarded when using host network mode"]
        : []),
      ...linkWarnings(daemon, request, networkMode),
      ...(image && !wanted ? foreignWarnings(daemon, image) : []),
      ...volumeDriverWarnings(daemon.release, request.HostConfig, apiVersion),
      ...networks.warnings,
      ...emptyBindings(daemon.release, request.HostConfig, apiVersion).warnings,
    ],
  };
}

/** Returns the warning about links on the default bridge, where the release has one. */
function linkWarnings(
  { release }: Daemon,
  { HostConfig }: ContainerCreateRequest,
  networkMode: string,
): string[] {
  const { linksWarning } = release.containers;
  const links = networkMode === "bridge" || networkMode === "default" ? (HostConfig?.Links ?? []) : [];
  return linksWarning !== undefined && links.length > 0 ? [linksWarning] : [];
}

/** Unpacks the layers again that could not be unpacked. @throws 500 the first of them */
function refuseUnlessUnpacked(daemon: Daemon, { layers }: Image): void {
  for (const layer of layers) {
    const failure = nextUnpackFailure(daemon, layer, "");
    if (failure !== undefined) throw engineError(500, failure);
  }
}

/** Returns the warning about an image that is not made for the host, where the request named no platform. */
function foreignWarnings({ release }: Daemon, image: Image): string[] {
  const host = release.images.hostPlatform;
  if (runsOn(image, parsePlatform(release, host))) return [];
  return [
    `The requested image's platform (${platformText(image)}) does not match the detected host platform (${host}) and no specific platform was requested`,
  ];
}

/** Returns `HostConfig` as given, without fields that have no value. */
export function keptHostConfig(
  daemon: Daemon,
  { HostConfig }: ContainerCreateRequest,
  networkMode: string,
): Container["hostConfig"] {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(HostConfig ?? {})) {
    const limit = keptLimit(name, value);
    // Links are kept in `Container.links`, resolved.
    if (limit !== null && limit !== undefined && name !== "Links") kept[name] = limit;
  }
  if (!kept.Runtime) delete kept.Runtime;
  const { bindings } = emptyBindings(daemon.release, HostConfig);
  if (bindings) kept.PortBindings = bindings;
  // No limit. Only an update shows it as 0.
  if (Number(kept.PidsLimit ?? 0) <= 0) delete kept.PidsLimit;
  if (!HostConfig && daemon.release.containers.runtimeShownFromStart) kept.Runtime = "";
  return { ...kept, NetworkMode: resolvedMode(daemon, networkMode) };
}

/**
 * Resolves the container of a `container:` mode to its whole id. A network stays as it was named, until a
 * start.
 */
function resolvedMode(daemon: Daemon, mode: string): string {
  const joined = joinedContainer(mode);
  if (joined === undefined) return mode;
  try {
    return `container:${findContainer(daemon, joined).id}`;
  } catch {
    return mode;
  }
}
