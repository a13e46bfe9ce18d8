import type { FileSystem } from "./file-system.js";
import { sizeOf } from "./inode.js";

/** Bytes in what lies over the tree, as `du` counts them: a file with several names once, directories not. */
export function bytesIn({ changed }: FileSystem): number {
  let sum = 0;
  for (const inode of changed.values()) if (inode.type !== "directory") sum += sizeOf(inode);
  return sum;
}
