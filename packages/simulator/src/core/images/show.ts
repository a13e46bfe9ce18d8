import { EngineError, engineError, type ImageConfig, type ImageInspect } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { formatTime } from "../clock.js";
import { shownHealthcheck } from "../containers/healthcheck.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import type { Release } from "../releases/release.js";
import { goConfig } from "./config.js";
import { digestOf, hexOf } from "./digest.js";
import { findImage } from "./find.js";
import type { Image } from "./image.js";
import { chainIds } from "./layer.js";
import type { Platform } from "./platform.js";
import { platformMismatch } from "./platform-mismatch.js";
import { familiarString, type Reference } from "./reference.js";
import { showStored } from "./stored/show.js";

/** Answers `GET /images/{name}/json`. @throws 404, or 400 for an invalid reference */
export function inspectImage(
  daemon: Daemon,
  ref: string,
  apiVersion: string = daemon.release.system.apiVersion,
  options: { readonly manifests?: boolean; readonly platform?: Platform | undefined } = {},
): ImageInspect {
  try {
    const image = findImage(daemon, ref);
    if (daemon.release.images.storesContent)
      return showStored(daemon, image, ref, { ...options, apiVersion });
    const mismatch = options.platform && platformMismatch(daemon, image, ref, options.platform);
    if (mismatch !== undefined) throw engineError(404, mismatch);
    return showImage(daemon, image, apiVersion);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(error.status, daemon.release.images.inspectError(ref, error.message));
  }
}

function showImage(daemon: Daemon, image: Image, apiVersion: string): ImageInspect {
  const { images } = daemon.release;
  const config = showConfig(daemon, image, apiVersion);
  const old = isOlder(apiVersion, "1.45");
  return {
    Id: image.id,
    RepoTags: repoTags(image.references),
    RepoDigests: repoDigests(image.references),
    Parent: image.parent,
    Comment: image.comment || (image.history.at(-1)?.comment ?? ""),
    ...((image.created !== 0n || images.showsZeroCreated) && {
      Created: image.createdInZone ?? formatTime(image.created),
    }),
    ...(old &&
      (images.showsEmptyContainer || image.container?.id) && { Container: image.container?.id ?? "" }),
    ...(old && { ContainerConfig: containerConfigOf(image) }),
    DockerVersion: image.dockerVersion,
    Author: image.author,
    ...(!images.showsConfigAsMap && { Config: config }),
    Architecture: image.architecture,
    ...(image.variant && { Variant: image.variant }),
    Os: image.os || "linux",
    ...(image.osVersion && { OsVersion: image.osVersion }),
    Size: image.size,
    ...virtualSize(daemon.release, image, apiVersion),
    GraphDriver: { Data: layerDirectories(daemon, image), Name: "overlay2" },
    RootFS: { Type: "layers", Layers: image.layers.map(({ digest }) => digest) },
    Metadata: { LastTagTime: formatTime(image.taggedAt) },
    Config: config,
  };
}

/**
 * Returns the directories of an image's layers on the host, from the topmost. Their names do not depend on
 * their content.
 */
export function imageLayerDirectories({ settings }: Daemon, { layers }: Image): string[] {
  return chainIds(layers)
    .map((id) => `${settings.dataRoot}/overlay2/${hexOf(digestOf(`directory of ${id}`))}`)
    .reverse();
}

/** Returns the configuration of the container that the image was committed from, or an empty one. */
function containerConfigOf({ container }: Image): unknown {
  return goConfig(container?.config ?? {});
}

function layerDirectories(daemon: Daemon, image: Image): Record<string, string> {
  const [directory, ...below] = imageLayerDirectories(daemon, image);
  return {
    ...(below.length > 0 && { LowerDir: below.map((layer) => `${layer}/diff`).join(":") }),
    MergedDir: `${directory}/merged`,
    UpperDir: `${directory}/diff`,
    WorkDir: `${directory}/work`,
  };
}

/** Returns the familiar names of the tags, such as `busybox:latest`. */
export function repoTags(references: readonly Reference[]): string[] {
  return references.filter(({ tag }) => tag !== "").map(familiarString);
}

/** Returns the familiar names of the digests, such as `busybox@sha256:…`. */
export function repoDigests(references: readonly Reference[]): string[] {
  return references.filter(({ digest }) => digest !== "").map(familiarString);
}

function showConfig(
  { release }: Daemon,
  { config, showsNoConfig }: Image,
  apiVersion: string,
): ImageConfig | null {
  if (showsNoConfig && release.images.showsNullConfig) return null;
  if (!release.images.showsConfigAsMap) return goConfig(config);
  const whole = isOlder(apiVersion, "1.50") ? goConfig(config) : showImageConfig(config);
  const entries = Object.entries(whole).map(([key, value]) => [key, isEmpty(value) ? null : value] as const);
  return sortedByKey(
    Object.fromEntries(
      entries.map(([key, value]) => [key, key === "Healthcheck" ? sortedByKey({ ...value }) : value]),
    ),
  ) as unknown as ImageConfig;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function showImageConfig(config?: Image["config"]): ImageConfig {
  const { ArgsEscaped, ExposedPorts, Healthcheck, Shell, StopSignal } = config ?? {};
  return {
    User: config?.User ?? "",
    ...(ExposedPorts && Object.keys(ExposedPorts).length > 0 && { ExposedPorts: { ...ExposedPorts } }),
    Env: config?.Env?.slice() ?? null,
    Cmd: config?.Cmd?.slice() ?? null,
    Volumes: config?.Volumes ? { ...config.Volumes } : null,
    WorkingDir: config?.WorkingDir ?? "",
    Entrypoint: config?.Entrypoint?.slice() ?? null,
    OnBuild: config?.OnBuild?.slice() ?? null,
    Labels: config?.Labels ? { ...config.Labels } : null,
    ...(StopSignal && { StopSignal }),
    ...(ArgsEscaped && { ArgsEscaped }),
    ...(Shell && Shell.length > 0 && { Shell: [...Shell] }),
    ...(Healthcheck && { Healthcheck: shownHealthcheck(Healthcheck) }),
  };
}

/**
 * Returns `VirtualSize`, the size for clients of API versions before 1.44. From 26.1 on, empty images lack
 * it.
 */
export function virtualSize(
  { images }: Release,
  { size }: Image,
  apiVersion: string | undefined,
): { VirtualSize?: number } {
  return isOlder(apiVersion, "1.44") && (size > 0 || images.showsNoVirtualSize) ? { VirtualSize: size } : {};
}
