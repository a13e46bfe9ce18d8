import type { ProcessContext } from "@dryharbor/kernel";
import type { MountEntry } from "./mounts.js";

/** How much of something there is. */
interface Space {
  readonly size: number;
  readonly used: number;
  readonly available: number;
}

const none: Space = { size: 0, used: 0, available: 0 };
const pageSize = 4096;

/** Returns the bytes and the inodes that a file system has, as statfs(2) tells them. */
export function spaceOf(process: ProcessContext, mount: MountEntry): { blocks: Space; inodes: Space } {
  if (mount.type === "tmpfs") return memorySpace(process, mount);
  if (mount.type !== "overlay" && !mount.source.startsWith("/dev/")) return { blocks: none, inodes: none };
  const { size, used, available, inodes, usedInodes } = process.machine.disk;
  return { blocks: { size, used, available }, inodes: spaceLeft(inodes, usedInodes) };
}

function spaceLeft(size: number, used: number): Space {
  return { size, used, available: Math.max(0, size - used) };
}

/** What a tmpfs has: what its options say, or half of the memory. */
function memorySpace(
  process: ProcessContext,
  { path, options }: MountEntry,
): { blocks: Space; inodes: Space } {
  const pages = Math.floor(process.machine.memory / pageSize / 2);
  const [, size] = /(?:^|,)size=(\d+)k/.exec(options) ?? [];
  const [, inodes] = /(?:^|,)nr_inodes=(\d+)/.exec(options) ?? [];
  const used = contentOf(process, path);
  return {
    blocks: spaceLeft(size === undefined ? pages * pageSize : Number(size) * 1024, used.bytes),
    inodes: spaceLeft(inodes === undefined ? pages : Number(inodes), used.files),
  };
}

/** Sums up the files of one file system. */
function contentOf({ files }: ProcessContext, root: string): { bytes: number; files: number } {
  const found = { bytes: 0, files: 1 };
  const start = files.statIfThere(root);
  if (start?.type !== "directory") return found;
  const look = (path: string): void => {
    for (const name of files.list(path)) {
      const stat = files.lstat(`${path}/${name}`);
      if (stat.system !== start.system) continue;
      found.files++;
      if (stat.type === "file") found.bytes += Math.ceil(stat.size / pageSize) * pageSize;
      if (stat.type === "directory") look(`${path}/${name}`);
    }
  };
  look(root);
  return found;
}
