// Tar archives (POSIX ustar): what a header of an archive consists of. What writers and readers of different
// programs do with it is theirs.
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

/** An entry that is no file: of a type that tar programs disagree on, or a header for all that follows. */
export interface OtherTarEntry extends Omit<TarEntry, "type"> {
  readonly type: "other";
  /** The type flag in its header, as the code of its character. */
  readonly flag: number;
}

/** The type flag of a header for all entries that follow. */
export const globalFlag = 0x67;

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

/** Decodes a text up to its first zero byte. */
export function textUntilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Parses a number: octal, or base 256 if the first bit is set. Returns `undefined` when it is neither. */
export function numberFrom(bytes: Uint8Array): number | undefined {
  const [first = 0] = bytes;
  if (first & 0x80) {
    let value = BigInt(first & 0x40 ? first - 0x100 : first & 0x7f);
    for (const byte of bytes.subarray(1)) value = value * 256n + BigInt(byte);
    return Number(value);
  }
  const digits = textUntilZero(bytes).replace(/^[ \0]+|[ \0]+$/g, "");
  if (digits === "") return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Writes a text into a field of a header, as far as it fits. */
export function putText(header: Uint8Array, field: keyof typeof fields, text: string): void {
  const [at, length] = fields[field];
  header.set(new TextEncoder().encode(text).subarray(0, length), at);
}

/** Writes a number into a field of a header, in octal with a zero byte behind it. */
export function putNumber(header: Uint8Array, field: keyof typeof fields, value: number): void {
  const [, length] = fields[field];
  putText(header, field, `${value.toString(8).padStart(length - 1, "0")}\0`);
}
