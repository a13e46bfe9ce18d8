// Unpacks what comes out of a container on the client's machine.
import { FileError } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import type { CommandFiles } from "../io.js";
import type { Landing, Target } from "./landing.js";
import { join, linked, splitEntry } from "./paths.js";

/** So many links may lead from one to the next. */
const mostLinks = 11;

/**
 * Finds what is at a path of the client's machine, at the end of all links.
 * @throws {CommandError} there is no folder for it, or the links do not end
 */
export function localTarget(files: CommandFiles, path: string): Target {
  const follow = (at: string, linksLeft: number): Target => {
    const type = typeAt(files, at);
    if (type === undefined) return { path: inFolder(files, at), kind: "nothing" };
    if (type !== "symlink") return { path: at, kind: type === "directory" ? type : "other" };
    if (linksLeft === 0) throw new CommandError(`too many symlinks in ${path}`);
    return follow(linked(at, files.readlink(at)), linksLeft - 1);
  };
  return follow(path, mostLinks);
}

function typeAt(files: CommandFiles, path: string): string | undefined {
  try {
    return files.lstat(path).type;
  } catch (error) {
    if (error instanceof FileError && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Returns the path where something can be made at it. @throws {CommandError} */
function inFolder(files: CommandFiles, path: string): string {
  const { directory } = splitEntry(path);
  if (!files.exists(directory)) throw new CommandError(`stat ${directory}: no such file or directory`);
  if (!files.isDirectory(directory)) throw new CommandError("not a directory");
  return path;
}

/** Makes the files of entries in a directory. A directory and something else do not take each other's place. */
export function unpack(files: CommandFiles, { folder: directory, entries }: Landing): void {
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
