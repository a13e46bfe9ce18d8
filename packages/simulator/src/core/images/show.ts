import { EngineError, engineError, type ImageConfig, type ImageInspect } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { formatTime } from "../clock.js";
import { shownHealthcheck } from "../containers/healthcheck.js";
import type { Daemon } from "../daemon.js";
import { hexOf } from "./digest.js";
import { findImage } from "./find.js";
import type { Image } from "./image.js";
import { familiarString, type Reference } from "./reference.js";

/** `GET /images/{name}/json`. @throws 404, and 400 for what cannot be a reference */
export function inspectImage(daemon: Daemon, ref: string, apiVersion?: string): ImageInspect {
  try {
    return showImage(daemon, findImage(daemon, ref), apiVersion);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(error.status, daemon.release.images.inspectError(ref, error.message));
  }
}

function showImage(
  daemon: Daemon,
  image: Image,
  apiVersion: string = daemon.release.system.apiVersion,
): ImageInspect {
  const { images } = daemon.release;
  const config = showConfig(daemon, image.config, apiVersion);
  return {
    Id: image.id,
    RepoTags: repoTags(image.references),
    RepoDigests: repoDigests(image.references),
    Parent: "",
    Comment: image.comment,
    Created: formatTime(image.created),
    ...(images.showsEmptyContainer && { Container: "" }),
    ...(isOlder(apiVersion, "1.45") && { ContainerConfig: containerConfig() }),
    DockerVersion: image.dockerVersion,
    Author: "",
    ...(!images.showsConfigAsMap && { Config: config }),
    Architecture: image.architecture,
    Os: "linux",
    Size: image.size,
    ...(isOlder(apiVersion, "1.44") && { VirtualSize: image.size }),
    GraphDriver: { Data: layerDirectories(daemon, image), Name: "overlay2" },
    RootFS: { Type: "layers", Layers: [image.layer] },
    Metadata: { LastTagTime: formatTime(image.taggedAt) },
    Config: config,
  };
}

/** Where an image's layer would be on the host. */
export function imageLayerDirectory({ settings }: Daemon, { layer }: Image): string {
  return `${settings.dataRoot}/overlay2/${hexOf(layer)}`;
}

function layerDirectories(daemon: Daemon, image: Image): Record<string, string> {
  const directory = imageLayerDirectory(daemon, image);
  return {
    MergedDir: `${directory}/merged`,
    UpperDir: `${directory}/diff`,
    WorkDir: `${directory}/work`,
  };
}

/** Familiar names, e.g. `busybox:latest`. */
export function repoTags(references: readonly Reference[]): string[] {
  return references.filter(({ tag }) => tag !== "").map(familiarString);
}

/** E.g. `busybox@sha256:…`. */
export function repoDigests(references: readonly Reference[]): string[] {
  return references.filter(({ digest }) => digest !== "").map(familiarString);
}

function showConfig({ release }: Daemon, config: ImageConfig, apiVersion: string): ImageConfig {
  if (!release.images.showsConfigAsMap) return containerConfig(config);
  const whole = isOlder(apiVersion, "1.50") ? containerConfig(config) : imageConfig(config);
  const entries = Object.entries(whole).map(([key, value]) => [key, isEmpty(value) ? null : value] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as ImageConfig;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** An image's configuration as it was before 28.5, and in API versions before 1.50: that of a container. */
function containerConfig(config?: ImageConfig): ImageConfig {
  const { ExposedPorts, StopSignal, Healthcheck, ...shown } = imageConfig(config);
  const { User, Env, Cmd, Volumes, WorkingDir, Entrypoint, OnBuild, Labels } = shown;
  const whole = {
    Hostname: "",
    Domainname: "",
    User,
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...(ExposedPorts && { ExposedPorts }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env,
    Cmd,
    ...(Healthcheck && { Healthcheck }),
    Image: "",
    Volumes,
    WorkingDir,
    Entrypoint,
    OnBuild,
    Labels,
    ...(StopSignal && { StopSignal }),
  };
  return whole;
}

function imageConfig(config?: ImageConfig): ImageConfig {
  const { ExposedPorts, StopSignal, Healthcheck } = config ?? {};
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
    ...(Healthcheck && { Healthcheck: shownHealthcheck(Healthcheck) }),
  };
}
