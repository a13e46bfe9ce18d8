import { changed, emptyTree, type Files, type Tree } from "@dryharbor/kernel/host";

let made: Tree | undefined;

/** Returns the files of /dev, as runc makes them. All containers share them. */
export function deviceTree(): Tree {
  made ??= changed(emptyTree, addDevices, { umask: 0 });
  return made;
}

function addDevices(files: Files): void {
  for (const [name, minor] of [
    ["full", 7],
    ["null", 3],
    ["random", 8],
    ["urandom", 9],
    ["zero", 5],
  ] as const) {
    files.mknod(`/${name}`, { type: "character device", major: 1, minor });
  }
  files.mknod("/tty", { type: "character device", major: 5, minor: 0 });
  for (const directory of ["mqueue", "pts", "shm"]) files.mkdir(`/${directory}`, 0o755);
  files.chmod("/mqueue", 0o1777);
  files.chmod("/shm", 0o1777);
  files.symlink("/proc/kcore", "/core");
  files.symlink("/proc/self/fd", "/fd");
  files.symlink("pts/ptmx", "/ptmx");
  files.symlink("/proc/self/fd/2", "/stderr");
  files.symlink("/proc/self/fd/0", "/stdin");
  files.symlink("/proc/self/fd/1", "/stdout");
}
