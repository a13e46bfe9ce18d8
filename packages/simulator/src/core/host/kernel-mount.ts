import { emptyTree, type FileSystem, type Mount, rootInode, untouched } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { KernelFiles } from "./files.js";

/**
 * Makes the mount of a file system that the kernel makes when somebody first looks. It is empty until what makes it has
 * been loaded, which is before any process runs.
 */
export function kernelMount({ hostFiles }: Daemon, make: (kernel: KernelFiles) => FileSystem): Mount {
  let files: FileSystem | undefined;
  return {
    files() {
      if (!hostFiles.kernel) return untouched(emptyTree);
      files ??= make(hostFiles.kernel);
      return files;
    },
    change: undefined,
    root: rootInode,
  };
}
