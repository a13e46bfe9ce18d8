import type { Files } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import type { Landed } from "./landing.js";
import { parentOf } from "./path.js";

/** Puts what has landed in a layer's own directory on top of the files below. */
export function applyLanded(masked: Files, landed: Iterable<Landed>): void {
  const files = masked.with({ umask: 0 });
  const times = new Map<string, bigint>();
  const brought = new Set<string>();
  for (const step of landed) {
    const path = step.does === "put" ? `/${step.entry.name}` : step.path;
    if (step.does === "uncover") uncover(files, path, brought);
    else if (step.does === "hide") removeIfThere(files, path);
    else put(files, path, step.entry, step.implied, times);
    for (let at = path; at !== "/"; at = parentOf(at)) brought.add(at);
  }
  // What is put into a directory changes its time, so times are set last.
  for (const [path, mtime] of times) if (isDirectory(files, path)) files.setTime(path, mtime, false);
}

function put(
  files: Files,
  path: string,
  entry: TarEntry,
  implied: boolean,
  times: Map<string, bigint>,
): void {
  const { type, mode, uid, gid, mtime, linkName, content, major, minor } = entry;
  const isMerged = type === "directory" && isDirectory(files, path);
  if (isMerged && implied) return;
  if (!isMerged) removeIfThere(files, path);
  if (type === "directory") {
    if (!isMerged) files.mkdir(path, mode);
    if (!implied) times.set(path, mtime);
  } else if (type === "file") files.write(path, content, { mode });
  else if (type === "symlink") files.symlink(linkName, path);
  else if (type === "hard link") files.link(`/${linkName}`, path);
  else if (type === "fifo") files.mknod(path, { type }, mode);
  else files.mknod(path, { type, major, minor }, mode);
  files.chown(path, uid, gid, false);
  if (type === "hard link") return;
  if (type !== "symlink") files.chmod(path, mode);
  if (type !== "directory") files.setTime(path, mtime, false);
}

/** Removes what a directory has of the layers below, and not what this one has brought. */
function uncover(files: Files, directory: string, brought: ReadonlySet<string>): void {
  if (!isDirectory(files, directory)) return;
  for (const child of files.list(directory)) {
    const path = under(directory, child);
    if (!brought.has(path)) files.remove(path);
  }
}

function under(directory: string, name: string): string {
  return `${directory === "/" ? "" : directory}/${name}`;
}

function isDirectory(files: Files, path: string): boolean {
  return files.isThere(path) && files.lstat(path).type === "directory";
}

function removeIfThere(files: Files, path: string): void {
  if (files.isThere(path)) files.remove(path);
}
