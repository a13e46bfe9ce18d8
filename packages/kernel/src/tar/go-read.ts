import {
  blockSize,
  checksumOf,
  fields,
  globalFlag,
  numberFrom,
  type OtherTarEntry,
  paddingOf,
  type TarEntry,
  type TarEntryType,
  textUntilZero as text,
  typeFlags,
} from "./header.js";

/** Thrown for an invalid tar archive, with the words of Go's archive/tar. */
export class TarError extends Error {
  override readonly name = "TarError";
}

const invalidHeader = "archive/tar: invalid tar header";
const unexpectedEnd = "unexpected EOF";

const typesByFlag: ReadonlyMap<string, TarEntryType> = new Map(
  Object.entries(typeFlags).map(([type, flag]) => [flag, type as TarEntryType]),
);

/**
 * Yields the files of a tar archive in the formats ustar, PAX, GNU (long names) and older ones. Their
 * contents are views of `archive`, not copies. Entries of other types than files are skipped.
 *
 * @throws {TarError} when it reaches an invalid part
 */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  for (const entry of readEveryEntry(archive)) {
    if (entry.type !== "other") yield entry;
    else if (entry.flag === contiguousFlag) yield { ...entry, type: "file" };
  }
}

/** The type flag of a contiguous file, which many programs take for a file. */
const contiguousFlag = 0x37;

/**
 * Yields the entries of a tar archive as {@link readTar} does, and also those that are no files.
 *
 * @throws {TarError} when it reaches an invalid part
 */
export function* readEveryEntry(archive: Uint8Array): Generator<TarEntry | OtherTarEntry> {
  let at = 0;
  let global: Records = {};
  let next: Records = {};
  for (;;) {
    const block = archive.subarray(at, at + blockSize);
    if (block.length === 0) return;
    if (block.length < blockSize) throw new TarError(unexpectedEnd);
    if (block.every((byte) => byte === 0)) return;
    at += blockSize;
    const head = readHeader(block);
    const size = sizeOf(head, { ...global, ...next });
    const content = archive.subarray(at, at + size);
    // A file that breaks off is yielded before the error.
    const isCut = content.length < size;
    at += size + paddingOf(size);

    if (isCut && "xgLK".includes(head.flag)) throw new TarError(unexpectedEnd);
    if (head.flag === "x") next = { ...next, ...readRecords(content) };
    else if (head.flag === "L") next = { ...next, path: text(content) };
    else if (head.flag === "K") next = { ...next, linkpath: text(content) };
    else if (head.flag === "g") {
      global = { ...global, ...readRecords(content) };
      yield { ...entryOf(head, {}, content), type: "other", flag: globalFlag };
    } else {
      yield entryOf(head, { ...global, ...next }, content);
      next = {};
    }
    if (isCut) throw new TarError(unexpectedEnd);
  }
}

type Records = Readonly<Record<string, string>>;

interface Header {
  readonly flag: string;
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly linkName: string;
  readonly userName: string;
  readonly groupName: string;
  readonly major: number;
  readonly minor: number;
}

function readHeader(block: Uint8Array): Header {
  const field = (name: keyof typeof fields): Uint8Array => {
    const [at, length] = fields[name];
    return block.subarray(at, at + length);
  };
  if (number(field("checksum")) !== checksumOf(block)) throw new TarError(invalidHeader);
  const isUstar = text(field("magic").subarray(0, 5)) === "ustar";
  // GNU's format ("ustar ") uses the prefix field for other things.
  const isGnu = isUstar && field("magic")[5] === 0x20;
  const prefix = isUstar && !isGnu ? text(field("prefix")) : "";
  const name = text(field("name"));
  return {
    flag: text(field("typeFlag")),
    name: prefix === "" ? name : `${prefix}/${name}`,
    mode: number(field("mode")),
    uid: number(field("uid")),
    gid: number(field("gid")),
    size: number(field("size")),
    mtime: number(field("mtime")),
    linkName: text(field("linkName")),
    userName: isUstar ? text(field("userName")) : "",
    groupName: isUstar ? text(field("groupName")) : "",
    major: isUstar ? number(field("major")) : 0,
    minor: isUstar ? number(field("minor")) : 0,
  };
}

/** Returns the size of an entry's content. Links have none, whatever their header says. */
function sizeOf({ flag, size }: Header, records: Records): number {
  if (["1", "2", "3", "4", "5", "6"].includes(flag)) return 0;
  const real = "xgLK".includes(flag) && flag !== "" ? size : integer(records.size, size);
  if (real < 0) throw new TarError(invalidHeader);
  return real;
}

function entryOf(head: Header, records: Records, content: Uint8Array): TarEntry | OtherTarEntry {
  const name = records.path ?? head.name;
  // Before type flags existed, a slash at the end meant a directory.
  const old = name.endsWith("/") ? "directory" : "file";
  const type = head.flag === "" ? old : typesByFlag.get(head.flag);
  const attributes = attributesOf(head, name, records, content);
  return type ? { ...attributes, type } : { ...attributes, type: "other", flag: head.flag.charCodeAt(0) };
}

function attributesOf(
  head: Header,
  name: string,
  records: Records,
  content: Uint8Array,
): Omit<TarEntry, "type"> {
  return {
    name,
    mode: head.mode,
    uid: integer(records.uid, head.uid),
    gid: integer(records.gid, head.gid),
    userName: records.uname ?? head.userName,
    groupName: records.gname ?? head.groupName,
    mtime: records.mtime === undefined ? BigInt(head.mtime) * 1_000_000_000n : nanoseconds(records.mtime),
    linkName: records.linkpath ?? head.linkName,
    major: head.major,
    minor: head.minor,
    content,
  };
}

/** Parses the records of a PAX header: `length key=value\n`. */
function readRecords(content: Uint8Array): Records {
  const records: Record<string, string> = {};
  let rest = content;
  while (rest.length > 0) {
    const space = rest.indexOf(0x20);
    const length = space < 1 ? Number.NaN : Number(text(rest.subarray(0, space)));
    const whole = rest.subarray(space + 1, length);
    const equals = whole.indexOf(0x3d);
    if (!(length > space + 1 && length <= rest.length) || whole.at(-1) !== 0x0a || equals < 1) {
      throw new TarError(invalidHeader);
    }
    records[text(whole.subarray(0, equals))] = new TextDecoder().decode(whole.subarray(equals + 1, -1));
    rest = rest.subarray(length);
  }
  return records;
}

function integer(record: string | undefined, otherwise: number): number {
  if (record === undefined || record === "") return otherwise;
  if (!/^-?\d+$/.test(record)) throw new TarError(invalidHeader);
  return Number(record);
}

/** Parses seconds with a fraction. */
function nanoseconds(time: string): bigint {
  const [, sign, whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(time) ?? [];
  if (sign === undefined) throw new TarError(invalidHeader);
  const value = BigInt(whole) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  return sign === "-" ? -value : value;
}

/** Parses a number. @throws {TarError} It is none. */
function number(bytes: Uint8Array): number {
  const value = numberFrom(bytes);
  if (value === undefined) throw new TarError(invalidHeader);
  return value;
}
