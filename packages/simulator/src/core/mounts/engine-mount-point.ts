import { FileError } from "@dryharbor/kernel";
import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { mountAt } from "./mount-at.js";
import { firstMissing, type MakeMountPoint, makeMountPoint } from "./placed.js";

/**
 * Makes what the engine itself mounts on, to read or write an archive. Unlike a start, which leaves mounting to
 * runc, it mounts by its own hand, and refuses in words of its own.
 *
 * @throws 500 where that is not possible, from the function that is returned
 */
export function engineMountPoints(daemon: Daemon, container: Container): MakeMountPoint {
  const { engineMount } = daemon.release.archives;
  return (files, placed) => {
    const { destination, isDirectory } = placed;
    const at = mountAt(daemon, container, destination, isDirectory);
    if (files.exists(destination)) {
      if (files.isDirectory(destination) === isDirectory) return;
      throw engineError(500, engineMount.ontoOther(at));
    }
    const { missing, parent } = firstMissing(files, destination);
    if (!files.isDirectory(parent))
      throw engineError(500, engineMount.belowFile({ ...at, missing, file: parent }));
    try {
      makeMountPoint(daemon, files, placed);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw engineError(500, engineMount.notMade({ ...at, missing }, error.message.toLowerCase()));
    }
  };
}
