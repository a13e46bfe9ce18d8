import { FileError } from "@dryharbor/kernel";
import type { Container } from "../containers/container.js";
import { ownFiles } from "../containers/files.js";
import type { Daemon } from "../daemon.js";

/** The path on which Docker's init is mounted. */
const initPath = "/sbin/docker-init";

/**
 * Makes the file on which a start mounts Docker's init. Like other mount points, it stays in the container's
 * layer, and so in a diff, an export and a commit.
 */
export function makeInitMountPoint(daemon: Daemon, container: Container): void {
  if (container.hostConfig.Init !== true) return;
  const files = ownFiles(daemon, container);
  try {
    if (files.exists(initPath)) return;
    files.makeDirectories("/sbin", 0o755);
    files.write(initPath, "", { mode: 0o755 });
  } catch (error) {
    // There is a file in the place of a directory.
    if (!(error instanceof FileError)) throw error;
  }
}
