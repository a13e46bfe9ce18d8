// The files of the simulated host: its disk, what its kernel mounts, and folders of a real machine. Bind mounts
// take what they mount from here.

import { FileError, type FileErrorCode } from "@dryharbor/kernel";
import {
  type FileSystem,
  type FileSystemDriver,
  Files,
  GeneratedFiles,
  type Member,
  type Mount,
  type MountTable,
  type Place,
  procFiles,
  rootInode,
  type SeenNetwork,
  sysFiles,
  untouched,
  walk,
} from "@dryharbor/kernel/host";
import { deviceTree } from "../containers/device-tree.js";
import { hostNamespace } from "../containers/kernel-files.js";
import type { Daemon } from "../daemon.js";
import { machine } from "../system/host.js";
import { mountpoint } from "../volumes/show.js";

/** The files of a daemon's host. */
export interface HostFiles {
  /** What is on the host's disk, and part of a snapshot. */
  readonly disk: FileSystem;
  /** Other file systems that are mounted on the host, by absolute path without symbolic links. */
  readonly folders: Map<string, Mount>;
  /** The names of the programs in /usr/bin. Nobody writes there. */
  programs?: () => readonly string[];
  /** What /proc tells of the host's network. `undefined` before a container has run: then there is no traffic. */
  network?: () => SeenNetwork;
  /** The processes of the host, once one was started. */
  processes?: () => readonly Member[];
}

/** The mounts of the host. Each is made when a path first leads to it. */
class HostMounts implements MountTable {
  readonly #daemon: Daemon;
  readonly #made = new Map<string, Mount>();
  readonly #volumes: string;
  readonly #ownPrograms: readonly string[];

  constructor(daemon: Daemon, ownPrograms: readonly string[] = []) {
    this.#daemon = daemon;
    this.#ownPrograms = ownPrograms;
    this.#volumes = `${daemon.settings.dataRoot}/volumes`;
  }

  get(path: string): Mount | undefined {
    const made = this.#made.get(path) ?? this.#make(path);
    if (made) this.#made.set(path, made);
    return made;
  }

  /** Lists the paths of the mounts below a path. */
  below(path: string): string[] {
    const { folders } = this.#daemon.hostFiles;
    const volumes = isBelow(this.#volumes, path) || path === this.#volumes;
    const all = [
      "/dev",
      "/proc",
      "/sys",
      programDirectory,
      ...folders.keys(),
      ...(volumes || isBelow(path, this.#volumes) ? [this.#volumes] : []),
      ...(volumes ? [...this.#daemon.volumes.keys()].map((name) => mountpoint(this.#daemon, name)) : []),
    ];
    return all.filter((each) => isBelow(each, path));
  }

  #make(path: string): Mount | undefined {
    const daemon = this.#daemon;
    const { disk, folders } = daemon.hostFiles;
    const since = daemon.networks.named("bridge")[0]?.created ?? 0n;
    const root = { root: rootInode, since };
    const fixed = (files: FileSystem): Mount => ({ files: () => files, change: undefined, ...root });
    const folder = folders.get(path);
    if (folder) return folder;
    switch (path) {
      case "/":
        return { files: () => disk, change: () => disk, ...root };
      case "/dev":
        return fixed(untouched(deviceTree()));
      case "/proc":
        return fixed(hostProc(daemon, since));
      case "/sys":
        return fixed(sysFiles(() => hostNamespace(daemon), since));
      case programDirectory: {
        const { programs = () => [] } = daemon.hostFiles;
        return fixed(programFiles([...programs(), ...this.#ownPrograms], since));
      }
      case this.#volumes:
        return fixed(volumeDirectories(daemon, since));
    }
    if (!isBelow(path, this.#volumes) || !path.endsWith("/_data")) return undefined;
    const volume = daemon.volumes.get(path.slice(this.#volumes.length + 1, -"/_data".length));
    if (!volume) return undefined;
    const { files, created } = volume;
    return { files: () => files, change: () => files, root: rootInode, since: created };
  }
}

/** Where the host's programs are. `/bin` leads there. */
const programDirectory = "/usr/bin";

/** Makes binary files that run the programs of their names. */
function programFiles(names: readonly string[], mtime: bigint): FileSystem {
  const files = Object.fromEntries(names.map((name) => [name, "\x7fELF"]));
  return new GeneratedFiles(files, { size: programSize, mode: () => 0o755, mtime });
}

/** The size that they show, in bytes. */
const programSize = 65_536;

function isBelow(path: string, above: string): boolean {
  return path.startsWith(above === "/" ? above : `${above}/`) && path !== above;
}

function hostProc(daemon: Daemon, since: bigint): FileSystem {
  const quiet: SeenNetwork = { namespace: () => hostNamespace(daemon), directory: () => ({}) };
  const disk = { source: "/dev/sda1", path: "/", type: "ext4", options: "rw,relatime" };
  return procFiles(
    {
      machine,
      hostname: () => daemon.settings.hostname,
      network: () => daemon.hostFiles.network?.() ?? quiet,
      mounts: () => [disk],
      sysctls: () => ({ "net.ipv4.ip_forward": "1" }),
      uptime: () => daemon.clock.now() - since,
      now: () => daemon.clock.now(),
      processes: () => daemon.hostFiles.processes?.() ?? [],
      ofProcesses: {
        controlGroups: () => "0::/\n",
        seccomp: () => 0,
        noNewPrivileges: () => false,
        limits: () => ({}),
        pipeNumber: () => 1,
        executable: (command) => command,
      },
    },
    since,
  );
}

/** The directories of volumes. Only the engine changes them. */
function volumeDirectories(daemon: Daemon, mtime: bigint): FileSystem {
  const directories: Record<string, { readonly _data: Record<string, never> }> = {};
  for (const name of daemon.volumes.keys()) directories[name] = { _data: {} };
  return new GeneratedFiles(directories, { size: 0, mode: () => 0o644, mtime });
}

/**
 * Returns the files of the host as its own programs see them.
 *
 * @param ownPrograms the names of programs in /usr/bin that the host has for one process alone
 */
export function hostFiles(daemon: Daemon, ownPrograms: readonly string[] = []): Files {
  return new Files(new HostMounts(daemon, ownPrograms), () => daemon.clock.now());
}

/** What a bind mounts: a place on the host, and what the host has mounted below it. */
export interface HostTree {
  readonly place: Place;
  /** The mounts below the place, by the rest of their path, which begins with a slash. */
  readonly below: readonly (readonly [path: string, mount: Mount])[];
}

/** Returns what is at a path of the host, or the errno. Follows symbolic links. */
export function hostTree(daemon: Daemon, path: string): HostTree | FileErrorCode {
  const mounts = new HostMounts(daemon);
  const found = walk(mounts, path);
  if (typeof found === "string") return found;
  const { place } = found;
  if (!place) return "ENOENT";
  const prefix = place.path === "/" ? "" : place.path;
  const below = place.inode.type === "directory" ? mounts.below(place.path) : [];
  return {
    place,
    below: below.flatMap((each) => {
      const mount = mounts.get(each);
      return mount ? [[each.slice(prefix.length), mount] as const] : [];
    }),
  };
}

/**
 * Mounts a file system on the host, over whatever is there.
 *
 * @param path absolute
 * @returns what unmounts it
 */
export function mountOnHost(
  daemon: Daemon,
  path: string,
  driver: FileSystemDriver,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): () => void {
  const { folders } = daemon.hostFiles;
  const files = hostFiles(daemon);
  files.makeDirectories(path, 0o755);
  const real = files.realpath(path);
  if (folders.get(real)?.files() === driver) return () => {};
  if (real === "/" || folders.has(real)) throw new FileError("EBUSY");
  const mount: Mount = {
    files: () => driver,
    change: readOnly ? undefined : () => driver,
    root: rootInode,
  };
  folders.set(real, mount);
  return () => {
    if (folders.get(real) === mount) folders.delete(real);
  };
}

/** Mounts file systems on the host, by path. */
export function mountAllOnHost(
  daemon: Daemon,
  mounts: Readonly<Record<string, FileSystemDriver>> = {},
): void {
  for (const [path, driver] of Object.entries(mounts)) mountOnHost(daemon, path, driver);
}
