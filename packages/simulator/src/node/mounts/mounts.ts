// Which folders of the real machine containers may bind: checked, opened, and mounted on the simulated host.

import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { FileSystemDriver } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import { Folder } from "./folder.js";

/** Folders that have been opened. */
export interface OpenFolders {
  /** The file systems by the absolute path at which containers bind them. */
  readonly drivers: Readonly<Record<string, FileSystemDriver>>;
  /** Closes the folders. Nothing may use them any more. */
  close(): void;
}

/**
 * Opens folders of the real machine. A folder is known by the path that is given, and by its path without
 * symbolic links.
 *
 * @throws {UsageError} one is not there, is no folder, or is the root of the machine
 */
export function openFolders(paths: readonly string[]): OpenFolders {
  if (process.platform === "win32" && paths.length > 0) {
    throw new UsageError("folders of Windows cannot be mounted: run dryharbor within WSL");
  }
  const real = new Map(paths.map((path) => [resolve(path), realFolder(path)]));
  const folders = new Map<string, Folder>();
  const drivers: Record<string, FileSystemDriver> = {};
  for (const [given, path] of real) {
    let folder = folders.get(path);
    if (!folder) {
      folder = new Folder(path);
      folders.set(path, folder);
    }
    drivers[path] = folder;
    drivers[given] = folder;
  }
  return {
    drivers,
    close() {
      for (const folder of folders.values()) folder.close();
    },
  };
}

/** Returns the path of a folder without symbolic links. */
function realFolder(given: string): string {
  const wrong = (why: string) => new UsageError(`"${given}" cannot be mounted: ${why}`);
  let path: string;
  try {
    path = realpathSync(given);
    if (!statSync(path).isDirectory()) throw wrong("it is no folder. Give the folder that it is in");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(code === "ENOENT" ? "there is no such folder" : `it cannot be looked at (${code})`);
  }
  if (path === "/") {
    throw wrong("containers could change every file of this machine. Give the folders that they need");
  }
  return path;
}
