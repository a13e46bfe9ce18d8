/** An entry of a tar archive. */
export interface TarEntry {
  /** The name as written; a directory's ends with a slash. */
  readonly name: string;
  readonly type: TarEntryType;
  /** Permissions and any other bits that the writer has set. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly userName: string;
  readonly groupName: string;
  /** Modification time in nanoseconds. */
  readonly mtime: bigint;
  /** The target of a link; empty for other types. */
  readonly linkName: string;
  /** The device number; 0 for other types. */
  readonly major: number;
  readonly minor: number;
  /** The content of a file; empty for other types. */
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

/** The type flag in a header. */
export const typeFlags: Readonly<Record<TarEntryType, string>> = {
  file: "0",
  "hard link": "1",
  symlink: "2",
  "character device": "3",
  "block device": "4",
  directory: "5",
  fifo: "6",
};

/** The size of a block in bytes. Everything in a tar is padded to it. */
export const blockSize = 512;

/** The fields of a header (POSIX ustar): offset and length in bytes. */
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

/** Returns the checksum of a header: the sum of its bytes, with the checksum's own taken as spaces. */
export function checksumOf(header: Uint8Array): number {
  const [from, length] = fields.checksum;
  let sum = 0;
  for (let at = 0; at < blockSize; at++) {
    sum += at >= from && at < from + length ? 0x20 : (header[at] as number);
  }
  return sum;
}

/** Returns the number of bytes that pad a content to whole blocks. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}
