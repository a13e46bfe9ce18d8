/** One entry of a tar archive. */
export interface TarEntry {
  /** As written; a directory's ends with a slash. */
  readonly name: string;
  readonly type: TarEntryType;
  /** Permissions, and what else the writer has put there. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly userName: string;
  readonly groupName: string;
  /** Nanoseconds. */
  readonly mtime: bigint;
  /** Where a link leads; empty for anything else. */
  readonly linkName: string;
  /** Of a device; 0 for anything else. */
  readonly major: number;
  readonly minor: number;
  /** Of a file; empty for anything else. */
  readonly content: Uint8Array;
}

export type TarEntryType =
  | "file"
  | "hard link"
  | "symlink"
  | "character device"
  | "block device"
  | "directory"
  | "fifo";

/** The character in a header that stands for a type. */
export const typeFlags: Readonly<Record<TarEntryType, string>> = {
  file: "0",
  "hard link": "1",
  symlink: "2",
  "character device": "3",
  "block device": "4",
  directory: "5",
  fifo: "6",
};

/** Everything in a tar comes in blocks of so many bytes. */
export const blockSize = 512;

/** Where the fields of a header are: POSIX ustar. */
export const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  typeFlag: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  userName: [265, 32],
  groupName: [297, 32],
  major: [329, 8],
  minor: [337, 8],
  prefix: [345, 155],
} as const satisfies Readonly<Record<string, readonly [at: number, length: number]>>;

/** The sum over a header's bytes, those of the checksum taken as spaces. */
export function checksumOf(header: Uint8Array): number {
  const [from, length] = fields.checksum;
  let sum = 0;
  for (let at = 0; at < blockSize; at++) {
    sum += at >= from && at < from + length ? 0x20 : (header[at] as number);
  }
  return sum;
}

/** How many bytes fill up the last block of a content. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}
