// The views of a container's files: as its processes see them, as the engine sees them, and without any
// mounts. Each view is a table of mounts over the container's own layer.

import { FileSystem, Files, type Mount, type MountTable, rootInode, untouched } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { type EtcName, etcInodes, etcTree } from "../files/etc-files.js";
import { hostnameFile } from "../files/hostname.js";
import { hostsFile } from "../files/hosts.js";
import { resolvConfText } from "../files/resolv-conf.js";
import { kernelMount } from "../host/kernel-mount.js";
import { type MakeMountPoint, makeMountPointIfPossible, placeMounts } from "../mounts/placed.js";
import type { Container } from "./container.js";
import { deviceTree } from "./device-tree.js";
import { procOf, type SeenByProcesses, sysOf } from "./kernel-files.js";
import { isMerged } from "./merged-directories.js";

/**
 * Returns the container's files as its processes see them.
 *
 * @param seen what /proc and /sys tell. Default: no processes, interfaces, and an empty /proc/net
 */
export function processFiles(daemon: Daemon, container: Container, seen?: SeenByProcesses): Files {
  const readOnly = container.hostConfig.ReadonlyRootfs === true;
  // Most containers have no mounts of their own, and most lookups are for the PATH. So they get no table.
  if (!container.mounts && !container.tmpfs) {
    return filesOf(daemon, new ProcessMounts(daemon, container, readOnly, seen));
  }
  const table = processTable(daemon, container, readOnly, seen);
  placeMounts(daemon, container, table, { forProcesses: true });
  return filesOf(daemon, table);
}

/** Returns the files before there is a process. @param make makes what is mounted on */
export function filesAtStart(daemon: Daemon, container: Container, make: MakeMountPoint): Files {
  const table = processTable(daemon, container, false);
  placeMounts(daemon, container, table, { forProcesses: true, make });
  makeEtcMountPoints(daemon, table);
  return filesOf(daemon, table);
}

/** Makes the files on which the engine mounts its own, where something else is mounted on /etc. */
function makeEtcMountPoints(daemon: Daemon, table: ReadonlyMap<string, Mount>): void {
  if (!table.has("/etc")) return;
  const own = new Map([...table].filter(([path]) => !mountedFiles.has(path)));
  const files = filesOf(daemon, own);
  const make = makeMountPointIfPossible(daemon);
  for (const [destination] of mountedFiles) {
    const mount = table.get(destination);
    if (mount) make(files, { destination, mount, isDirectory: false });
  }
}

function processTable(
  daemon: Daemon,
  container: Container,
  readOnly: boolean,
  seen?: SeenByProcesses | undefined,
): Map<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const path of processPaths) {
    const mount = processMount(daemon, container, readOnly, path, seen);
    if (mount) mounts.set(path, mount);
  }
  return mounts;
}

/** The mounts of a container without mounts of its own. Each is made when a path first leads to it. */
class ProcessMounts implements MountTable {
  readonly #made = new Map<string, Mount>();

  constructor(
    readonly daemon: Daemon,
    readonly container: Container,
    readonly readOnly: boolean,
    readonly seen: SeenByProcesses | undefined,
  ) {}

  get(path: string): Mount | undefined {
    let mount = this.#made.get(path);
    if (!mount) {
      mount = processMount(this.daemon, this.container, this.readOnly, path, this.seen);
      if (mount) this.#made.set(path, mount);
    }
    return mount;
  }
}

/** The files that the engine writes for every container and mounts in it. */
const mountedFiles: ReadonlyMap<string, EtcName> = new Map([
  ["/etc/hostname", "hostname"],
  ["/etc/hosts", "hosts"],
  ["/etc/resolv.conf", "resolv.conf"],
]);

/** The paths on which the engine mounts a file of its own. */
export const mountedPaths: readonly string[] = [...mountedFiles.keys()];

/** Returns whether the engine mounts a file of its own on a path. */
export function isMountedFile(path: string): boolean {
  return mountedFiles.has(path);
}

/** The paths of the mounts that the processes of every container have. */
const processPaths = ["/", "/dev", "/proc", "/sys", ...mountedPaths];

function processMount(
  daemon: Daemon,
  container: Container,
  readOnly: boolean,
  path: string,
  seen: SeenByProcesses | undefined,
): Mount | undefined {
  switch (path) {
    case "/":
      return rootMount(container, readOnly);
    case "/dev":
      return devicesMount(container);
    case "/proc":
      return kernelMount(daemon, (kernel) => procOf(kernel, daemon, container, seen));
    case "/sys":
      return kernelMount(daemon, (kernel) => sysOf(kernel, daemon, container, seen));
    default: {
      const name = mountedFiles.get(path);
      return name && etcMount(daemon, container, name, readOnly);
    }
  }
}

/** Returns the container's own files alone, without any mounts. */
export function ownFiles(daemon: Daemon, container: Container): Files {
  return filesOf(daemon, new Map([["/", rootMount(container, false)]]));
}

/**
 * Returns the container's files as the engine sees them, with its own mounts. The container need not run.
 *
 * @param make makes what is mounted on
 */
export function engineFiles(daemon: Daemon, container: Container, make: MakeMountPoint): Files {
  const mounts = new Map<string, Mount>([["/", rootMount(container, false)]]);
  const { network, hostname, owner } = container.paths;
  for (const [path, name] of mountedFiles) {
    if (name === "hostname" ? !hostname : !network) continue;
    // The engine looks for them in the other container's directory, which has gone with it.
    if (owner !== "" && !daemon.containers.byId.get(owner)) continue;
    mounts.set(path, etcMount(daemon, container, name, true));
  }
  placeMounts(daemon, container, mounts, { forProcesses: false, make });
  return filesOf(daemon, mounts);
}

function filesOf({ clock }: Daemon, mounts: MountTable): Files {
  return new Files(mounts, () => clock.now());
}

/** Makes the mount of the container's own files. Its layer is made with the first change. */
function rootMount(container: Container, readOnly: boolean): Mount {
  return {
    files: () => container.layer ?? untouched(container.base),
    change: readOnly ? undefined : () => (container.layer ??= new FileSystem(container.base)),
    root: rootInode,
    since: container.created,
    isMerged: (directory) => isMerged(container.base, container.layer, directory),
  };
}

/** Makes the mount of /dev, which is in memory: what processes make there lasts as long as the run. */
function devicesMount(container: Container): Mount {
  return {
    files: () => container.devices ?? untouched(deviceTree()),
    change: () => (container.devices ??= new FileSystem(deviceTree())),
    root: rootInode,
  };
}

/** Makes the mount of one of them. As long as no process has changed any, its text is made when it is read. */
function etcMount(daemon: Daemon, container: Container, name: EtcName, readOnly: boolean): Mount {
  return {
    files: () => container.etc?.written ?? madeFiles(daemon, container, [name]),
    change: readOnly ? undefined : () => changeableFiles(daemon, container),
    root: etcInodes[name],
  };
}

/** Returns the three files as processes change them. */
export function changeableFiles(daemon: Daemon, container: Container): FileSystem {
  const names: EtcName[] = ["hosts", "hostname", "resolv.conf"];
  const { etc } = container;
  if (!etc) return madeFiles(daemon, container, names);
  etc.written ??= madeFiles(daemon, container, names);
  return etc.written;
}

function madeFiles(daemon: Daemon, container: Container, names: readonly EtcName[]): FileSystem {
  const { startedAt } = (container.etc?.container ?? container).state;
  const attributes = { mode: 0o644, uid: 0, gid: 0, mtime: startedAt, links: 1 };
  const files = new FileSystem(etcTree);
  for (const name of names) {
    const content = new TextEncoder().encode(etcTexts[name](daemon, container));
    files.put(etcInodes[name], { type: "file", content, ...attributes });
  }
  return files;
}

const etcTexts: Readonly<Record<EtcName, (daemon: Daemon, container: Container) => string>> = {
  hosts: (_, container) => hostsFile(container),
  hostname: hostnameFile,
  "resolv.conf": resolvConfText,
};
