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
  const table = processTable(daemon, container, container.hostConfig.ReadonlyRootfs === true);
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
  const mounts = new Map<string, Mount>([
    ["/", rootMount(container, readOnly)],
    ["/dev", fixed(deviceTree)],
    ["/proc", fixed(procTree)],
    ["/sys", fixed(sysTree)],
  ]);
  for (const [path, text] of mountedFiles)
    mounts.set(
      path,
      generated(container, () => text(daemon, container)),
    );
  return mounts;
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
const mountedFiles: readonly (readonly [string, (daemon: Daemon, container: Container) => string])[] = [
  ["/etc/hostname", hostnameFile],
  ["/etc/hosts", hostsFile],
  ["/etc/resolv.conf", (daemon, container) => resolvConf(daemon, container).text],
];

/** The container's own files. Its layer is made with the first change. */
function rootMount(container: Container, readOnly: boolean): Mount {
  return {
    files: () => container.layer ?? untouched(container.base),
    change: readOnly ? undefined : () => (container.layer ??= new FileSystem(container.base)),
    root: rootInode,
    since: container.created,
  };
}

function fixed(tree: Tree): Mount {
  return { files: () => untouched(tree), change: undefined, root: rootInode };
}

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
