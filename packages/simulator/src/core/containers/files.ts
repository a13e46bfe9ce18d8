import {
  FileSystem,
  Files,
  type Mount,
  type MountTable,
  procTree,
  rootInode,
  sysTree,
  type Tree,
  untouched,
} from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { hostnameFile } from "../files/hostname.js";
import { hostsFile } from "../files/hosts.js";
import { resolvConf } from "../files/resolv-conf.js";
import { placeMounts } from "../mounts/placed.js";
import type { Container } from "./container.js";
import { deviceTree } from "./device-tree.js";

/** The container's files as its processes see them. */
export function processFiles(daemon: Daemon, container: Container): Files {
  const readOnly = container.hostConfig.ReadonlyRootfs === true;
  // Most containers mount nothing, and most look-ups are along the PATH: so the table is not made for them.
  if (!container.mounts && !container.tmpfs) {
    return filesOf(daemon, new ProcessMounts(daemon, container, readOnly));
  }
  const table = processTable(daemon, container, readOnly);
  placeMounts(daemon, container, table, { forProcesses: true, makes: false });
  return filesOf(daemon, table);
}

/** The same before there is a process: the directories that something is mounted on are made. */
export function filesAtStart(daemon: Daemon, container: Container): Files {
  const table = processTable(daemon, container, false);
  placeMounts(daemon, container, table, { forProcesses: true, makes: true });
  return filesOf(daemon, table);
}

function processTable(daemon: Daemon, container: Container, readOnly: boolean): Map<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const path of processPaths) {
    const mount = processMount(daemon, container, readOnly, path);
    if (mount) mounts.set(path, mount);
  }
  return mounts;
}

/** What is mounted in a container that mounts nothing of its own. Each mount is made when a path first leads to it. */
class ProcessMounts implements MountTable {
  readonly #made = new Map<string, Mount>();

  constructor(
    readonly daemon: Daemon,
    readonly container: Container,
    readonly readOnly: boolean,
  ) {}

  get(path: string): Mount | undefined {
    let mount = this.#made.get(path);
    if (!mount) {
      mount = processMount(this.daemon, this.container, this.readOnly, path);
      if (mount) this.#made.set(path, mount);
    }
    return mount;
  }
}

/** Where every container's processes have something mounted. */
const processPaths = [
  "/",
  "/dev",
  "/proc",
  "/sys",
  "/etc/hostname",
  "/etc/hosts",
  "/etc/resolv.conf",
] as const;

function processMount(
  daemon: Daemon,
  container: Container,
  readOnly: boolean,
  path: string,
): Mount | undefined {
  switch (path) {
    case "/":
      return rootMount(container, readOnly);
    case "/dev":
      return devices;
    case "/proc":
      return processes;
    case "/sys":
      return system;
    default: {
      const text = mountedFiles.get(path);
      return text && generated(container, () => text(daemon, container));
    }
  }
}

/** The container's own files alone: nothing is mounted. */
export function ownFiles(daemon: Daemon, container: Container): Files {
  return filesOf(daemon, new Map([["/", rootMount(container, false)]]));
}

/** The container's files as the engine sees them, whether it runs or not: with what it has mounted for the container. */
export function engineFiles(daemon: Daemon, container: Container): Files {
  const mounts = new Map<string, Mount>([["/", rootMount(container, false)]]);
  const { network, hostname } = container.paths;
  for (const [path, text] of mountedFiles) {
    if (path === "/etc/hostname" ? !hostname : !network) continue;
    mounts.set(
      path,
      generated(container, () => text(daemon, container)),
    );
  }
  placeMounts(daemon, container, mounts, { forProcesses: false, makes: true });
  return filesOf(daemon, mounts);
}

function filesOf({ clock }: Daemon, mounts: MountTable): Files {
  return new Files(mounts, () => clock.now());
}

/** What the engine writes for every container, and mounts in it. */
const mountedFiles: ReadonlyMap<string, (daemon: Daemon, container: Container) => string> = new Map([
  ["/etc/hostname", hostnameFile],
  ["/etc/hosts", hostsFile],
  ["/etc/resolv.conf", (daemon, container) => resolvConf(daemon, container).text],
]);

/** The container's own files. Its layer is made with the first change. */
function rootMount(container: Container, readOnly: boolean): Mount {
  return {
    files: () => container.layer ?? untouched(container.base),
    change: readOnly ? undefined : () => (container.layer ??= new FileSystem(container.base)),
    root: rootInode,
    since: container.created,
  };
}

function fixed(tree: () => Tree): Mount {
  return { files: () => untouched(tree()), change: undefined, root: rootInode };
}

const devices = fixed(deviceTree);
const processes = fixed(procTree);
const system = fixed(() => sysTree);

/** One file whose text is made when it is asked for. */
function generated({ state }: Container, text: () => string): Mount {
  const files = () => {
    const content = new TextEncoder().encode(text());
    const attributes = { mode: 0o644, uid: 0, gid: 0, mtime: state.startedAt, links: 1 };
    return new FileSystem({
      inodes: new Map([[rootInode, { type: "file", content, ...attributes }]]),
      next: rootInode + 1,
    });
  };
  return { files, change: undefined, root: rootInode };
}
