// What an archive is unpacked into, and what its entries are called, so that a copy ends up as with `cp`.
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import { meansDirectory, splitEntry } from "./paths.js";

/** One end of a copy. */
export interface CopyEnd {
  readonly path: string;
  readonly exists: boolean;
  readonly isDirectory: boolean;
  /** The name that a followed link had. Empty for none. */
  readonly linkName: string;
}

/** Where the entries of a copy go. */
export interface Prepared {
  readonly directory: string;
  rename(entry: TarEntry): TarEntry;
}

/** @throws {CommandError} the two ends do not go together */
export function prepareCopy(source: CopyEnd, destination: CopyEnd): Prepared {
  const { directory, name } = splitEntry(destination.path);
  if (destination.exists && destination.isDirectory) {
    return { directory: destination.path, rename: (entry) => entry };
  }
  if (destination.exists && source.isDirectory) throw new CommandError("cannot copy directory");
  if (!destination.exists && !source.isDirectory && meansDirectory(destination.path)) {
    throw new CommandError("no such directory");
  }
  const before = source.linkName || splitEntry(source.path).name;
  return { directory, rename: (entry) => renamed(entry, before, name) };
}

/** Puts a name in the place of another one, once in each entry. */
export function renamed(entry: TarEntry, before: string, after: string): TarEntry {
  const from = before === "/" ? "" : before;
  const name = entry.name.replace(from, () => after);
  return entry.type === "hard link"
    ? { ...entry, name, linkName: entry.linkName.replace(from, () => after) }
    : { ...entry, name };
}
