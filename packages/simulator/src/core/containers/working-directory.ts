import { FileError } from "@dryharbor/kernel";
import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { ownFiles } from "./files.js";
import { mergedDirectory } from "./layer-directory.js";

/**
 * Makes a new container's working directory when its image has none.
 *
 * @throws 500 when a file is in its place. Seen on 20.10 and 28.5
 */
export function makeWorkingDirectory(daemon: Daemon, container: Container): void {
  const { WorkingDir } = container.config;
  if (!WorkingDir || WorkingDir === "/") return;
  const files = ownFiles(daemon, container);
  try {
    if (!files.exists(WorkingDir)) files.makeDirectories(WorkingDir);
    if (files.isDirectory(WorkingDir)) return;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const path = `${mergedDirectory(daemon, container)}${WorkingDir}`;
    throw engineError(500, `lstat ${path}: ${error.message.toLowerCase()}`);
  }
  throw engineError(500, `Cannot mkdir: ${WorkingDir} is not a directory`);
}
