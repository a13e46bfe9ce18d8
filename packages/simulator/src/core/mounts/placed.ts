import { FileError } from "@dryharbor/kernel";
import { Files, type Mount, rootInode, untouched } from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";
import { imageIfAny } from "../containers/image.js";
import type { Daemon } from "../daemon.js";
import { rootOf } from "../images/root.js";
import type { MountPoint } from "./mount-point.js";
import { inodeIfAny } from "./subpath.js";

/** A mount and its place in the container. */
interface Placed {
  readonly destination: string;
  readonly mount: Mount;
}

/**
 * Adds a container's mounts to a table: volumes, images and, for its processes, tmpfs. Bind mounts are left
 * out, since the host has no files.
 *
 * @param options `makes`: make directories that do not exist, as runc and archives do
 */
export function placeMounts(
  daemon: Daemon,
  container: Container,
  table: Map<string, Mount>,
  { forProcesses, makes }: { readonly forProcesses: boolean; readonly makes: boolean },
): void {
  if (!container.mounts && !container.tmpfs) return;
  const files = new Files(table, () => daemon.clock.now(), { umask: 0 });
  const all = [...mounted(daemon, container.mounts ?? []), ...(forProcesses ? tmpfsOf(container) : [])];
  for (const { destination, mount } of all.toSorted((a, b) => depth(a) - depth(b))) {
    if (makes && !files.exists(destination)) makeDirectory(files, destination);
    table.set(realDestination(files, destination), mount);
  }
}

function makeDirectory(files: Files, path: string): void {
  try {
    files.makeDirectories(path, 0o755);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

function depth({ destination }: Placed): number {
  return destination.split("/").length;
}

/** Resolves the symbolic links in the existing part of a destination. */
export function realDestination(files: Files, path: string): string {
  if (path === "/") return path;
  if (files.exists(path)) return files.realpath(path);
  const at = path.lastIndexOf("/");
  const above = realDestination(files, path.slice(0, at) || "/");
  return `${above === "/" ? "" : above}${path.slice(at)}`;
}

function mounted(daemon: Daemon, mounts: readonly MountPoint[]): Placed[] {
  return mounts.flatMap((mount) => {
    const placed =
      mount.type === "volume"
        ? volumeMount(daemon, mount)
        : mount.type === "image"
          ? imageMount(daemon, mount)
          : undefined;
    return placed ? [{ destination: mount.destination, mount: placed }] : [];
  });
}

function volumeMount(
  { volumes }: Daemon,
  { volume, name, writable, subpath }: MountPoint,
): Mount | undefined {
  const found = volumes.get(volume || name);
  if (!found) return undefined;
  const { files, created } = found;
  const root = inodeIfAny(files, subpath);
  if (root === undefined) return undefined;
  return { files: () => files, change: writable ? () => files : undefined, root, since: created };
}

function imageMount(daemon: Daemon, { name, subpath }: MountPoint): Mount | undefined {
  const image = imageIfAny(daemon, name);
  if (!image) return undefined;
  const files = untouched(rootOf(image));
  const root = inodeIfAny(files, subpath);
  return root === undefined ? undefined : { files: () => files, change: undefined, root };
}

function tmpfsOf({ tmpfs }: Container): Placed[] {
  return Array.from(tmpfs ?? [], ([destination, { files, writable }]) => ({
    destination,
    mount: { files: () => files, change: writable ? () => files : undefined, root: rootInode },
  }));
}
