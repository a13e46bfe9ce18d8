import { type FileSystem, type Inode, rootInode } from "@dryharbor/kernel/host";
import type { FilesystemChange } from "@dryharbor/sdk/port";
import { compareText } from "../go-order.js";

interface Files {
  get(number: number): Inode | undefined;
}

/**
 * Returns the changes of a file system over its base, for `GET /containers/{id}/changes` and commits. They
 * are sorted by path; the engine's order varies.
 */
export function changesOf(system: FileSystem): FilesystemChange[] {
  const changes: FilesystemChange[] = [];
  const before: Files = system.base.inodes;
  if (system.changed.size > 0) {
    compare({ before, after: system, changes }, rootInode, rootInode, "");
  }
  return changes;
}

interface Comparison {
  readonly before: Files;
  readonly after: Files;
  readonly changes: FilesystemChange[];
}

/** Compares two directories of the same path. */
function compare(comparison: Comparison, old: number, now: number, path: string): void {
  const { before, after, changes } = comparison;
  const was = entriesOf(before.get(old));
  const is = entriesOf(after.get(now));
  for (const name of [...new Set([...was.keys(), ...is.keys()])].sort(compareText)) {
    const child = `${path}/${name}`;
    const [from, to] = [was.get(name), is.get(name)];
    if (to === undefined) changes.push({ Path: child, Kind: 2 });
    else if (from === undefined) add(comparison, to, child);
    else {
      const [one, other] = [before.get(from), after.get(to)];
      const start = changes.length;
      // A directory with changes inside counts as changed.
      if (other?.type === "directory") {
        if (one?.type === "directory") compare(comparison, from, to, child);
        else for (const [inner, number] of other.entries) add(comparison, number, `${child}/${inner}`);
      }
      if (changes.length > start || differ(one, other)) changes.splice(start, 0, { Path: child, Kind: 0 });
    }
  }
}

function add(comparison: Comparison, number: number, path: string): void {
  const { after, changes } = comparison;
  changes.push({ Path: path, Kind: 1 });
  for (const [name, child] of entriesOf(after.get(number))) add(comparison, child, `${path}/${name}`);
}

function entriesOf(inode: Inode | undefined): ReadonlyMap<string, number> {
  return inode?.type === "directory" ? inode.entries : new Map();
}

/**
 * Returns whether two inodes differ in what moby's archive.Changes compares. The size and time of a directory
 * do not count.
 */
function differ(one: Inode | undefined, other: Inode | undefined): boolean {
  if (!one || !other) return one !== other;
  if (one === other) return false;
  if (one.type !== other.type || one.mode !== other.mode || one.uid !== other.uid || one.gid !== other.gid) {
    return true;
  }
  if (one.type === "directory") return false;
  if (one.mtime !== other.mtime) return true;
  return one.type === "file" && other.type === "file" && one.content.length !== other.content.length;
}
