import { FileError } from "@dryharbor/kernel";
import { Files, type Mount, rootInode, untouched } from "@dryharbor/kernel/host";
import { type Container, isRunning } from "../containers/container.js";
import { imageIfAny } from "../containers/image.js";
import type { Daemon } from "../daemon.js";
import { rootOf } from "../images/root.js";
import { type Bound, boundNow } from "./bound.js";
import type { MountPoint } from "./mount-point.js";
import { inodeIfAny } from "./subpath.js";

/** A mount and its place in the container. */
export interface Placed {
  readonly destination: string;
  readonly mount: Mount;
  readonly isDirectory: boolean;
  /** Further mounts below the destination, by the rest of the path. */
  readonly below?: Bound["below"];
}

/** Makes what a mount is mounted on, where it does not exist. `files` has the mounts that come first. */
export type MakeMountPoint = (files: Files, placed: Placed) => void;

/**
 * Adds a container's mounts to a table: volumes, binds, images and, for its processes, tmpfs. A bind whose
 * source does not exist is left out.
 *
 * @param options `make`: makes what is mounted on, as runc and archives do
 */
export function placeMounts(
  daemon: Daemon,
  container: Container,
  table: Map<string, Mount>,
  { forProcesses, make }: { readonly forProcesses: boolean; readonly make?: MakeMountPoint },
): void {
  if (!container.mounts && !container.tmpfs) return;
  const files = new Files(table, () => daemon.clock.now(), { umask: 0 });
  const all = [...mounted(daemon, container), ...(forProcesses ? tmpfsOf(container) : [])];
  /** The mounts that came with a bind. What is mounted over them later hides them. */
  const brought = new Set<string>();
  for (const placed of all.toSorted((a, b) => depth(a) - depth(b))) {
    const { destination, mount, below = [] } = placed;
    make?.(files, placed);
    const real = realDestination(files, destination);
    for (const path of brought) if (path.startsWith(`${real}/`)) table.delete(path);
    table.set(real, mount);
    for (const [path, each] of below) {
      table.set(`${real}${path}`, each);
      brought.add(`${real}${path}`);
    }
  }
}

/**
 * Makes a directory where a directory is mounted, and an empty file where a file is.
 *
 * @throws {FileError}
 */
export function makeMountPoint(
  { release }: Daemon,
  files: Files,
  { destination, isDirectory }: Placed,
): void {
  if (files.exists(destination)) return;
  // A link that leads nowhere leads to what is made.
  const path = realDestination(files, linkEnd(files, destination));
  if (isDirectory) {
    files.makeDirectories(path, 0o755);
    return;
  }
  files.makeDirectories(path.slice(0, path.lastIndexOf("/")) || "/", 0o755);
  files.write(path, "", { mode: release.volumes.fileMountPointMode });
}

/** Returns the first part of a path that does not exist, and what is above it. */
export function firstMissing(
  files: Files,
  path: string,
): { readonly missing: string; readonly parent: string } {
  const parent = path.slice(0, path.lastIndexOf("/")) || "/";
  return files.exists(parent) ? { missing: path, parent } : firstMissing(files, parent);
}

/** Returns where a symbolic link leads, whether there is something or not. */
function linkEnd(files: Files, path: string, links = 0): string {
  if (links > 40 || !files.isThere(path) || files.lstat(path).type !== "symlink") return path;
  const target = files.readlink(path);
  return linkEnd(files, target.startsWith("/") ? target : `${path}/../${target}`, links + 1);
}

/** Makes a mount point like {@link makeMountPoint}. Ignores that this is not possible. */
export function makeMountPointIfPossible(daemon: Daemon): MakeMountPoint {
  return (files, placed) => {
    try {
      makeMountPoint(daemon, files, placed);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  };
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

function mounted(daemon: Daemon, container: Container): Placed[] {
  return (container.mounts ?? []).flatMap((point): Placed[] => {
    const { type, destination } = point;
    if (type === "bind") {
      const bound = boundBy(daemon, container, point);
      return bound ? [{ destination, ...bound }] : [];
    }
    const mount =
      type === "volume"
        ? volumeMount(daemon, point)
        : type === "image"
          ? imageMount(daemon, point)
          : undefined;
    if (!mount) return [];
    const isDirectory = mount.files().get(mount.root)?.type === "directory";
    return [{ destination, mount, isDirectory }];
  });
}

/** Returns what a bind mounts: what it found at the start of the run, and what is there now without a run. */
function boundBy(daemon: Daemon, container: Container, point: MountPoint): Bound | undefined {
  const held = container.bound?.get(point.destination);
  if (held) return held;
  if (!isRunning(container)) return boundNow(daemon, point);
  // The container of a snapshot has not been started here.
  const bound = boundNow(daemon, point, { hold: true });
  container.bound ??= new Map();
  if (bound) container.bound.set(point.destination, bound);
  return bound;
}

/** Takes hold of what a container's binds mount, at a start. */
export function holdBinds(daemon: Daemon, container: Container): void {
  releaseBinds(container);
  container.bound = new Map(
    (container.mounts ?? []).flatMap((point) => {
      const bound = point.type === "bind" ? boundNow(daemon, point, { hold: true }) : undefined;
      return bound ? [[point.destination, bound] as const] : [];
    }),
  );
}

/** Lets go of what a container's binds mount, at the end of a run. */
export function releaseBinds(container: Container): void {
  for (const { letGo } of container.bound?.values() ?? []) letGo?.();
  container.bound = null;
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
    isDirectory: true,
  }));
}
