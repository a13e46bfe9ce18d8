// Unpacks what comes out of a container on the client's machine.
import { FileError } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import type { CommandFiles } from "../io.js";
import { join, splitEntry } from "./paths.js";
import type { CopyEnd } from "./prepare.js";

/** What a path on the client's machine is, as the destination of a copy. @throws {CommandError} */
export function localDestination(files: CommandFiles, path: string): CopyEnd {
  const mostLinks = 10;
  let at = path;
  for (let links = 0; ; links++) {
    let type: string;
    try {
      type = files.lstat(at).type;
    } catch (error) {
      if (!(error instanceof FileError) || error.code !== "ENOENT") throw error;
      const { directory } = splitEntry(at);
      if (!files.exists(directory)) throw new CommandError(`stat ${directory}: no such file or directory`);
      if (!files.isDirectory(directory)) throw new CommandError("not a directory");
      return { path: at, exists: false, isDirectory: false, linkName: "" };
    }
    if (type !== "symlink")
      return { path: at, exists: true, isDirectory: type === "directory", linkName: "" };
    if (links > mostLinks) throw new CommandError(`too many symlinks in ${path}`);
    const target = files.readlink(at);
    at = target.startsWith("/") ? target : join(splitEntry(at).directory, target);
  }
}

/** Makes the files of entries in a directory. A directory and something else do not take each other's place. */
export function unpackAll(files: CommandFiles, directory: string, entries: Iterable<TarEntry>): void {
  const times: [path: string, mtime: bigint][] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (!`${path}/`.startsWith(directory === "/" ? "/" : `${join(directory)}/`)) {
      throw new CommandError(`"${entry.name}" is outside of "${directory}"`);
    }
    const there = files.exists(path) ? files.lstat(path) : undefined;
    if (there && there.type === "directory" && entry.type !== "directory") {
      throw new CommandError(`cannot overwrite directory "${path}" with non-directory "${directory}"`);
    }
    if (there && there.type !== "directory" && entry.type === "directory") {
      throw new CommandError(`cannot overwrite non-directory "${path}" with directory "${directory}"`);
    }
    make(files, path, directory, entry, there !== undefined);
    if (entry.type !== "symlink") times.push([path, entry.mtime]);
  }
  for (const [path, mtime] of times) files.setTime(path, mtime);
}

function make(files: CommandFiles, path: string, directory: string, entry: TarEntry, isThere: boolean): void {
  if (isThere && entry.type !== "directory") files.remove(path);
  switch (entry.type) {
    case "directory":
      if (!isThere) files.makeDirectories(path);
      break;
    case "file":
      files.makeDirectories(splitEntry(path).directory);
      files.write(path, entry.content);
      break;
    case "symlink":
      files.symlink(entry.linkName, path);
      return;
    case "hard link":
      files.link(join(directory, entry.linkName), path);
      return;
    default:
      throw new CommandError(`${entry.name} is a ${entry.type}, which cannot be made here`);
  }
  files.chmod(path, entry.mode & 0o7777);
}
