import type { FileSystem } from "./file-system.js";
import type { Inode } from "./inode.js";

/**
 * Copies a directory with everything below it into another file system, where it replaces the inode `place`.
 * Hard links between the copied files are kept.
 */
export function copyTree(from: FileSystem, directory: number, into: FileSystem, place: number): void {
  const copies = new Map<number, number>();
  const copy = (number: number): number => {
    const known = copies.get(number);
    if (known !== undefined) return known;
    const made = into.add(copied(from.get(number) as Inode));
    copies.set(number, made);
    return made;
  };
  const copied = (inode: Inode): Inode =>
    inode.type === "directory"
      ? { ...inode, entries: new Map(Array.from(inode.entries, ([name, number]) => [name, copy(number)])) }
      : inode;
  into.put(place, copied(from.directory(directory)));
}
