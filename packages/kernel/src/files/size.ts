import type { FileSystem } from "./file-system.js";
import { sizeOf } from "./inode.js";

/**
 * Returns the number of bytes in the changes of a file system. A file with several names counts once, a
 * directory does not count.
 */
export function bytesIn({ changed }: Pick<FileSystem, "changed">): number {
  let sum = 0;
  for (const inode of changed.values()) if (inode.type !== "directory") sum += sizeOf(inode);
  return sum;
}
