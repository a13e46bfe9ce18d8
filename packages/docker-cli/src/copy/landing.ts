// Where a copy lands, and what it is called there.
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import { meansDirectory, splitEntry } from "./paths.js";

/** What a copy is made of. */
export interface Source {
  readonly isDirectory: boolean;
  /** The name of the first entry, with which all others begin. `.` stands for what is in a directory. */
  readonly root: string;
  readonly entries: Iterable<TarEntry>;
}

/** The path that a copy is for, links followed, and what is there. */
export interface Target {
  readonly path: string;
  readonly kind: "nothing" | "directory" | "other";
}

/** A folder, and the entries that are to be made in it. */
export interface Landing {
  readonly folder: string;
  readonly entries: Iterable<TarEntry>;
}

/**
 * A directory takes a copy in, under its own name. Anywhere else the copy gets the target's name.
 * @throws {CommandError} the two do not go together
 */
export function landingOf({ isDirectory, root, entries }: Source, { path, kind }: Target): Landing {
  if (kind === "directory") return { folder: path, entries };
  if (isDirectory && kind === "other") throw new CommandError("cannot copy directory");
  if (!isDirectory && kind === "nothing" && meansDirectory(path)) throw new CommandError("no such directory");
  const { directory, name } = splitEntry(path);
  return { folder: directory, entries: called(entries, root, name) };
}

/** Gives the first entry another name, and so the beginning of all others. */
export function* called(entries: Iterable<TarEntry>, root: string, name: string): Generator<TarEntry> {
  const length = root === "/" ? 0 : root.length;
  const renamed = (path: string) =>
    length === 0 || path.startsWith(root) ? name + path.slice(length) : path;
  for (const entry of entries) {
    yield {
      ...entry,
      name: renamed(entry.name),
      // A hard link names another entry; a symbolic one keeps its text.
      linkName: entry.type === "hard link" ? renamed(entry.linkName) : entry.linkName,
    };
  }
}
