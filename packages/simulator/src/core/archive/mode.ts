import type { FileStat } from "@dryharbor/kernel";

/** The type bits of Go's fs.FileMode. */
const typeBits: Readonly<Record<FileStat["type"], number>> = {
  file: 0,
  directory: 2 ** 31,
  symlink: 2 ** 27,
  "block device": 2 ** 26,
  "character device": 2 ** 26 + 2 ** 21,
  fifo: 2 ** 25,
  socket: 2 ** 24,
};

const setUserId = 0o4000;
const setGroupId = 0o2000;
const sticky = 0o1000;

/** Returns a file's mode as Go writes it into JSON. */
export function goMode({ type, mode }: Pick<FileStat, "type" | "mode">): number {
  return (
    typeBits[type] +
    (mode & 0o777) +
    (mode & setUserId ? 2 ** 23 : 0) +
    (mode & setGroupId ? 2 ** 22 : 0) +
    (mode & sticky ? 2 ** 20 : 0)
  );
}

/** The type bits of a Unix mode. */
const unixTypeBits: Readonly<Record<FileStat["type"], number>> = {
  fifo: 0o010000,
  "character device": 0o020000,
  directory: 0o040000,
  "block device": 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
};

/** Returns a file's type and permissions as one Unix mode. */
export function unixMode({ type, mode }: Pick<FileStat, "type" | "mode">): number {
  return unixTypeBits[type] | mode;
}
