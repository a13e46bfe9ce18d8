import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Release } from "../releases/release.js";
import { isPropagation } from "./mode.js";
import { cleanPath } from "./path.js";

/** An entry of `HostConfig.Mounts`. */
export interface MountSpec {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly CreateMountpoint?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  } | null;
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Subpath?: string;
    readonly DriverConfig?: {
      readonly Name?: string;
      readonly Options?: Readonly<Record<string, string>> | null;
    } | null;
  } | null;
  readonly ImageOptions?: { readonly Subpath?: string } | null;
  readonly TmpfsOptions?: {
    readonly SizeBytes?: number;
    readonly Mode?: number;
    readonly Options?: readonly (readonly string[])[] | null;
  } | null;
}

/** Returns the settings of `HostConfig` about mounts, with types that the port leaves open. */
export function mountSettings(host: HostConfig | null | undefined) {
  return {
    binds: host?.Binds ?? [],
    mounts: (host?.Mounts ?? []) as readonly MountSpec[],
    volumesFrom: (host?.VolumesFrom ?? []) as readonly string[],
    volumeDriver: (host?.VolumeDriver ?? "") as string,
    tmpfs: (host?.Tmpfs ?? {}) as Readonly<Record<string, string>>,
  };
}

/** Checks that the client's API version has the mounts that it asks for. @throws 400 */
export function checkMountVersions(
  { volumes: rows }: Release,
  host: HostConfig | null | undefined,
  apiVersion?: string,
): void {
  if (!rows.checksMountOptionsFirst) return;
  const { mounts } = mountSettings(host);
  const refuse = (message: string) => engineError(400, message);
  if (!isOlder(apiVersion, "1.42")) {
    for (const { Type: type = "", VolumeOptions, BindOptions, TmpfsOptions } of mounts) {
      for (const [name, options, owner] of [
        ["VolumeOptions", VolumeOptions, "volume"],
        ["BindOptions", BindOptions, "bind"],
        ["TmpfsOptions", TmpfsOptions, "tmpfs"],
      ] as const) {
        if (options && type !== owner) {
          throw refuse(`${name} must not be specified on mount type ${JSON.stringify(type)}`);
        }
      }
    }
  }
  for (const { Type, BindOptions, VolumeOptions } of mounts) {
    if (BindOptions?.ReadOnlyForceRecursive && isOlder(apiVersion, "1.44")) {
      throw refuse("BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer");
    }
    if (VolumeOptions?.Subpath && isOlder(apiVersion, "1.45")) {
      throw refuse("VolumeOptions.Subpath needs API v1.45 or newer");
    }
    if (Type === "image" && rows.mountsImages && isOlder(apiVersion, "1.48")) {
      throw refuse('Mount type "Image" needs API v1.48 or newer');
    }
  }
}

/** Returns a create's warnings about mounts. Only a release with image mounts gets here with one. */
export function mountWarnings(host: HostConfig | null | undefined): string[] {
  return mountSettings(host)
    .mounts.filter(({ Type }) => Type === "image")
    .map(() => "Image mount is an experimental feature");
}

/**
 * Returns a create's warning about a container-wide volume driver, which does not apply to volumes in
 * `Mounts`.
 */
export function volumeDriverWarnings(
  { volumes }: Release,
  host: HostConfig | null | undefined,
  apiVersion?: string,
): string[] {
  const { warnsOfVolumeDriverSince: since } = volumes;
  if (since === "" || isOlder(apiVersion, since) || !host?.VolumeDriver) return [];
  const ignored = mountSettings(host).mounts.some(
    ({ Type, VolumeOptions }) => Type === "volume" && !VolumeOptions?.DriverConfig?.Name,
  );
  return ignored
    ? [
        "WARNING: the container-wide volume-driver configuration is ignored for volumes specified via 'mount'. Use '--mount type=volume,volume-driver=...' instead",
      ]
    : [];
}

/** Returns why a mount is invalid, or `undefined`. The source of a bind is not looked at. */
export function mountProblem({ volumes: rows }: Release, spec: MountSpec): string | undefined {
  const { Type, Source: source = "", Target: target = "", BindOptions, VolumeOptions, ImageOptions } = spec;
  if (target === "") return "field Target must not be empty";
  const misplaced = destinationProblem(target);
  if (misplaced !== undefined) return misplaced;
  const extra = (name: string) => `field ${name} must not be specified`;
  const foreignImageOptions = rows.mountsImages && ImageOptions;
  switch (Type) {
    case "bind": {
      if (source === "") return "field Source must not be empty";
      const propagation = BindOptions?.Propagation ?? "";
      if (propagation !== "" && !isPropagation(propagation))
        return `invalid propagation mode: ${propagation}`;
      if (VolumeOptions) return extra("VolumeOptions");
      if (foreignImageOptions) return extra("ImageOptions");
      return relativeProblem(source);
    }
    case "volume": {
      if (BindOptions) return extra("BindOptions");
      if (foreignImageOptions) return extra("ImageOptions");
      const subpath = rows.knowsSubpath ? (VolumeOptions?.Subpath ?? "") : "";
      if (subpath !== "" && source === "") return "must not set Subpath when using anonymous volumes";
      if (subpath !== "" && !isLocal(subpath)) return notLocal;
      if (source === "" && spec.ReadOnly) {
        return "must not set ReadOnly mode when using anonymous volumes";
      }
      return undefined;
    }
    case "tmpfs":
      if (BindOptions) return extra("BindOptions");
      if (foreignImageOptions) return extra("ImageOptions");
      if (source !== "") return extra("Source");
      return rows.mountsImages ? tmpfsProblem(spec.TmpfsOptions?.Options ?? []) : undefined;
    case "image": {
      if (!rows.mountsImages) return "mount type unknown";
      if (BindOptions) return extra("BindOptions");
      if (VolumeOptions) return extra("VolumeOptions");
      if (source === "") return "field Source must not be empty";
      const subpath = ImageOptions?.Subpath ?? "";
      return subpath !== "" && !isLocal(subpath) ? notLocal : undefined;
    }
    default:
      return "mount type unknown";
  }
}

const notLocal = "subpath must be a relative path within the volume";

/** Returns why nothing can be mounted at a path, or `undefined`. */
export function destinationProblem(path: string): string | undefined {
  if (cleanPath(path.replaceAll("\\", "/")) === "/") return "invalid specification: destination can't be '/'";
  return relativeProblem(path);
}

function relativeProblem(path: string): string | undefined {
  const slashed = path.replaceAll("\\", "/");
  return slashed.startsWith("/") ? undefined : `invalid mount path: '${slashed}' mount path must be absolute`;
}

/** Returns whether a relative path stays below its start, as Go's filepath.IsLocal does. */
function isLocal(path: string): boolean {
  const cleaned = cleanPath(path);
  return !path.startsWith("/") && cleaned !== ".." && !cleaned.startsWith("../");
}

function tmpfsProblem(options: readonly (readonly string[])[]): string | undefined {
  for (const [name, ...values] of options) {
    if (name === undefined || values.length > 1) return "invalid option array length";
    if (name !== "exec" && name !== "noexec") return `invalid option: ${name}`;
  }
  return undefined;
}
