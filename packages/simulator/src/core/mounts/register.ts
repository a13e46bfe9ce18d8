import {
  type ContainerCreateRequest,
  EngineError,
  engineError,
  type VolumeCreateRequest,
} from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { ownFiles } from "../containers/files.js";
import { findContainer } from "../containers/find.js";
import { mergedDirectory } from "../containers/layer-directory.js";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { findImage } from "../images/find.js";
import { createVolume } from "../volumes/create.js";
import { findVolume } from "../volumes/find.js";
import { mountpoint } from "../volumes/show.js";
import { localDriver, type Volume } from "../volumes/volume.js";
import { type Bind, readBind, readVolumesFrom } from "./bind.js";
import type { MountPoint } from "./mount-point.js";
import { cleanPath } from "./path.js";
import { realDestination } from "./placed.js";
import { type MountSpec, mountSettings } from "./spec.js";

/** The mounts of a container that is being created, by destination. */
type Mounts = Map<string, MountPoint>;

/**
 * Makes the mounts that a create's `HostConfig` asks for, and their volumes. New volumes stay even if the
 * create fails.
 *
 * @throws 400, 404, 500
 */
export function registerMounts(daemon: Daemon, id: string, request: ContainerCreateRequest): Mounts {
  const mounts: Mounts = new Map();
  try {
    registerAll(daemon, id, request, mounts);
    return mounts;
  } catch (error) {
    for (const mount of mounts.values()) release(daemon, id, mount);
    throw error;
  }
}

function registerAll(daemon: Daemon, id: string, request: ContainerCreateRequest, mounts: Mounts): void {
  const { binds, mounts: specs, volumesFrom, volumeDriver, tmpfs } = mountSettings(request.HostConfig);
  const enter = (mount: MountPoint): void => {
    const before = mounts.get(mount.destination);
    if (before) release(daemon, id, before);
    mounts.set(mount.destination, mount);
    if (mount.volume !== "") daemon.volumes.get(mount.volume)?.holders.add(id);
  };
  for (const text of volumesFrom) for (const mount of mountsOf(daemon, text)) enter(mount);
  const taken = new Set<string>();
  for (const text of binds) {
    const bind = readBind(daemon.release, text, volumeDriver);
    const propagation = propagationOf(daemon, bind.spec);
    const destination = cleanPath(bind.spec.Target ?? "");
    if (taken.has(destination) || Object.hasOwn(tmpfs, destination)) throw duplicate(destination);
    enter(
      bind.spec.Type === "bind"
        ? bindMount(bind.spec, propagation, { mode: bind.mode })
        : volumeOfBind(daemon, bind, destination),
    );
    taken.add(destination);
  }
  for (const spec of specs) {
    const propagation = propagationOf(daemon, spec);
    const destination = cleanPath(spec.Target ?? "");
    if (taken.has(destination)) throw duplicate(spec.Target ?? "");
    enter(specMount(daemon, spec, propagation, destination));
    taken.add(destination);
  }
}

/**
 * Returns the mounts of a container in `VolumesFrom`. A volume is held at once only if the engine has to look
 * it up now.
 */
function mountsOf(daemon: Daemon, text: string): MountPoint[] {
  const { container, writable } = readVolumesFrom(text);
  let source: ReturnType<typeof findContainer>;
  try {
    source = findContainer(daemon, container);
  } catch (error) {
    throw error instanceof EngineError ? engineError(400, error.message) : error;
  }
  return (source.mounts ?? []).map((mount) => ({
    ...mount,
    mode: "",
    writable: mount.writable && writable,
    copies: false,
    volume: mount.source === "" && mount.driver !== "" ? findVolume(daemon, mount.name).name : "",
  }));
}

function duplicate(destination: string): Error {
  return engineError(400, `Duplicate mount point: ${destination}`);
}

/**
 * Returns a bind mount's propagation. A mount that includes the engine's own files must receive their
 * unmounts, so that these can be removed. @throws 400
 */
function propagationOf({ settings }: Daemon, { Type, Source = "", BindOptions }: MountSpec): string {
  if (Type !== "bind") return "";
  const { dataRoot } = settings;
  const propagation = BindOptions?.Propagation ?? "";
  if (!Source.startsWith(dataRoot) && !dataRoot.startsWith(Source)) return propagation || "rprivate";
  if (propagation === "") return "rslave";
  if (propagation === "rslave" || propagation === "rshared") return propagation;
  throw engineError(
    400,
    `invalid mount config: must use either propagation mode "rslave" or "rshared" when mount source is within the daemon root, daemon root: ${JSON.stringify(dataRoot)}, bind mount source: ${JSON.stringify(Source)}, propagation: ${JSON.stringify(propagation)}`,
  );
}

function bindMount(
  spec: MountSpec,
  propagation: string,
  { mode = "", ...rest }: Partial<Pick<MountPoint, "mode" | "keepsSource">>,
): MountPoint {
  return {
    type: "bind",
    name: "",
    source: cleanPath(spec.Source ?? ""),
    destination: cleanPath(spec.Target ?? ""),
    driver: "",
    mode,
    writable: !spec.ReadOnly,
    propagation,
    named: true,
    copies: false,
    subpath: "",
    volume: "",
    ...rest,
  };
}

function volumeOfBind(daemon: Daemon, { spec, mode }: Bind, destination: string): MountPoint {
  const { namesAnonymousBinds } = daemon.release.volumes;
  const volume = makeVolume(daemon, spec, { Driver: spec.VolumeOptions?.DriverConfig?.Name ?? "" });
  const name = spec.Source || (namesAnonymousBinds ? volume.name : "");
  return volumeMount(daemon, spec, volume, { name, destination, mode: mode || "z" });
}

/**
 * Makes the volume of a mount. Older releases pick an anonymous volume's name first, so that it is not
 * labelled.
 */
function makeVolume(daemon: Daemon, { Source = "" }: MountSpec, request: VolumeCreateRequest): Volume {
  const { labelsAnonymousMounts } = daemon.release.volumes;
  const name = Source || (labelsAnonymousMounts ? "" : newId(daemon.random));
  return createVolume(daemon, { ...request, Name: name });
}

function volumeMount(
  daemon: Daemon,
  spec: MountSpec,
  volume: Volume,
  shown: { readonly name: string; readonly destination: string; readonly mode: string },
): MountPoint {
  const subpath = daemon.release.volumes.knowsSubpath ? (spec.VolumeOptions?.Subpath ?? "") : "";
  return {
    type: "volume",
    name: shown.name,
    source: mountpoint(daemon, volume.name),
    destination: shown.destination,
    driver: localDriver,
    mode: shown.mode,
    writable: !spec.ReadOnly,
    propagation: "",
    named: (spec.Source ?? "") !== "",
    copies: spec.VolumeOptions?.NoCopy !== true,
    subpath,
    volume: volume.name,
  };
}

function specMount(daemon: Daemon, spec: MountSpec, propagation: string, destination: string): MountPoint {
  const { Type, Source = "", VolumeOptions } = spec;
  if (Type === "bind") {
    const makes = daemon.release.volumes.knowsSubpath && spec.BindOptions?.CreateMountpoint === true;
    return bindMount(spec, propagation, makes ? {} : { keepsSource: true });
  }
  if (Type === "volume") {
    const volume = makeVolume(daemon, spec, {
      Driver: VolumeOptions?.DriverConfig?.Name ?? "",
      DriverOpts: VolumeOptions?.DriverConfig?.Options ?? null,
      Labels: VolumeOptions?.Labels ?? null,
    });
    return volumeMount(daemon, spec, volume, { name: volume.name, destination, mode: "z" });
  }
  const nothing = {
    name: "",
    source: "",
    driver: "",
    mode: "",
    propagation: "",
    named: Source !== "",
    copies: false,
    subpath: Type === "image" ? (spec.ImageOptions?.Subpath ?? "") : "",
    volume: "",
  };
  if (Type === "tmpfs") return { ...nothing, type: "tmpfs", destination, writable: !spec.ReadOnly };
  findImage(daemon, Source);
  const layer = `${daemon.settings.dataRoot}/overlay2/${newId(daemon.random)}/merged`;
  return {
    ...nothing,
    type: "image",
    name: Source,
    source: layer,
    destination,
    writable: false,
    propagation: "rprivate",
  };
}

/**
 * Makes the volumes of `Config.Volumes` where nothing else is mounted. @throws 500 if there is a file in the
 * place of one
 */
export function registerConfigVolumes(
  daemon: Daemon,
  container: Container,
  volumes: Readonly<Record<string, unknown>>,
  { HostConfig }: ContainerCreateRequest,
  mounts: Mounts,
): void {
  const { volumeDriver, tmpfs } = mountSettings(HostConfig);
  const { id } = container;
  const files = ownFiles(daemon, container);
  const root = mergedDirectory(daemon, container);
  for (const path of Object.keys(volumes)) {
    const destination = cleanPath(path);
    if (mounts.has(destination) || Object.hasOwn(tmpfs, destination)) continue;
    const real = realDestination(files, destination);
    if (files.exists(real) && !files.isDirectory(real)) {
      throw engineError(500, `cannot mount volume over existing file, file exists ${root}${real}`);
    }
    const volume = createVolume(daemon, { Driver: volumeDriver });
    volume.holders.add(id);
    mounts.set(destination, {
      type: "volume",
      name: volume.name,
      // The engine does not store it; inspect asks the volume.
      source: "",
      destination,
      driver: localDriver,
      mode: "",
      writable: true,
      propagation: "",
      named: false,
      copies: true,
      subpath: "",
      volume: volume.name,
    });
  }
}

/** Releases a mount's volume. */
function release({ volumes }: Daemon, id: string, { volume }: MountPoint): void {
  volumes.get(volume)?.holders.delete(id);
}
