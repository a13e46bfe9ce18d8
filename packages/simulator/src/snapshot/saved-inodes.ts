import type { Inode } from "@dryharbor/kernel/host";
import { restoreBytes, type SavedBytes, saveBytes } from "../core/saved-bytes.js";

/** An inode with its number, as plain JSON. */
export type SavedInode = readonly [number: number, inode: SavedAttributes & SavedContent];

interface SavedAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: string;
  readonly links: number;
}

type SavedContent =
  | { readonly type: "file"; readonly content: SavedBytes }
  | { readonly type: "directory"; readonly entries: readonly (readonly [name: string, number: number])[] }
  | { readonly type: "symlink"; readonly target: string }
  | {
      readonly type: "character device" | "block device";
      readonly major: number;
      readonly minor: number;
    }
  | { readonly type: "fifo" | "socket" };

export function saveInodes(inodes: ReadonlyMap<number, Inode>): SavedInode[] {
  return Array.from(inodes, ([number, inode]) => [number, saveInode(inode)]);
}

function saveInode(inode: Inode): SavedInode[1] {
  const mtime = String(inode.mtime);
  if (inode.type === "file") return { ...inode, mtime, content: saveBytes(inode.content) };
  if (inode.type === "directory") return { ...inode, mtime, entries: [...inode.entries] };
  return { ...inode, mtime };
}

export function restoreInodes(saved: readonly SavedInode[]): Map<number, Inode> {
  return new Map(saved.map(([number, inode]) => [number, restoreInode(inode)]));
}

function restoreInode(inode: SavedInode[1]): Inode {
  const mtime = BigInt(inode.mtime);
  if (inode.type === "file") return { ...inode, mtime, content: restoreBytes(inode.content) };
  if (inode.type === "directory") return { ...inode, mtime, entries: new Map(inode.entries) };
  return { ...inode, mtime };
}
