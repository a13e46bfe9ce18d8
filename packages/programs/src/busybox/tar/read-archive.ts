import {
  blockSize,
  checksumOf,
  fields,
  numberFrom,
  paddingOf,
  type TarEntry,
  type TarEntryType,
  textUntilZero,
  typeFlags,
} from "@dryharbor/kernel/tar";
import { TarError } from "./tar-error.js";

const typesByFlag: ReadonlyMap<string, TarEntryType> = new Map(
  Object.entries(typeFlags).map(([type, flag]) => [flag, type as TarEntryType]),
);

/** The flags of what BusyBox skips: headers of PAX and what other programs keep about an archive. */
const skipped = "DMNSVgx";

/** An entry of an archive, and whether its content is cut off. */
export interface ReadEntry extends TarEntry {
  readonly isCut: boolean;
}

/**
 * Yields the entries of an archive as BusyBox reads them. An entry that breaks off is yielded before the error.
 *
 * @throws {TarError} when it reaches an invalid part
 */
export function* entriesOf(archive: Uint8Array): Generator<ReadEntry> {
  let longName: string | undefined;
  let longTarget: string | undefined;
  let emptyBlocks = 0;
  for (let at = 0; ; ) {
    const header = archive.subarray(at, at + blockSize);
    // An archive that ends behind an entry is taken for complete.
    if (header.length === 0 && at > 0) return;
    if (header.length < blockSize) throw new TarError("short read");
    at += blockSize;
    if (header.every((byte) => byte === 0)) {
      if (++emptyBlocks === 2) return;
      continue;
    }
    emptyBlocks = 0;
    const flag = flagOf(header);
    const size = "123456".includes(flag) ? 0 : (numberIn(header, "size") ?? 0);
    const content = archive.subarray(at, at + size);
    const end = at + size + paddingOf(size);
    if (flag === "L") longName = textUntilZero(content);
    else if (flag === "K") longTarget = textUntilZero(content);
    else if (!skipped.includes(flag)) {
      const isCut = content.length < size;
      yield { ...entryOf(header, flag, longName, longTarget, content), isCut };
      longName = undefined;
      longTarget = undefined;
    }
    if (end > archive.length) throw new TarError("short read");
    at = end;
  }
}

/** Returns the type flag of a header. @throws {TarError} It is no header. */
function flagOf(header: Uint8Array): string {
  if (textIn(header, "magic").slice(0, 5) !== "ustar") throw new TarError("invalid tar magic");
  if (numberIn(header, "checksum") !== checksumOf(header)) throw new TarError("invalid tar header checksum");
  const flag = textIn(header, "typeFlag");
  // Flag 7 is a contiguous file.
  return flag === "" || flag === "7" ? "0" : flag;
}

function entryOf(
  header: Uint8Array,
  flag: string,
  longName: string | undefined,
  longTarget: string | undefined,
  content: Uint8Array,
): TarEntry {
  // GNU's format ("ustar ") uses the prefix field for other things.
  const prefix = header[fields.magic[0] + 5] === 0 ? textIn(header, "prefix") : "";
  const shortName = textIn(header, "name");
  const name = longName ?? (prefix === "" ? shortName : `${prefix}/${shortName}`);
  const type = typesByFlag.get(flag);
  if (!type) throw new TarError(`unknown typeflag: 0x${flag.charCodeAt(0).toString(16)}`);
  return {
    name,
    type: type === "file" && name.endsWith("/") ? "directory" : type,
    mode: (numberIn(header, "mode") ?? 0) & 0o7777,
    uid: numberIn(header, "uid") ?? 0,
    gid: numberIn(header, "gid") ?? 0,
    userName: textIn(header, "userName"),
    groupName: textIn(header, "groupName"),
    mtime: BigInt(numberIn(header, "mtime") ?? 0) * 1_000_000_000n,
    linkName: longTarget ?? textIn(header, "linkName"),
    major: numberIn(header, "major") ?? 0,
    minor: numberIn(header, "minor") ?? 0,
    content,
  };
}

function part(header: Uint8Array, field: keyof typeof fields): Uint8Array {
  const [at, length] = fields[field];
  return header.subarray(at, at + length);
}

function textIn(header: Uint8Array, field: keyof typeof fields): string {
  return textUntilZero(part(header, field));
}

function numberIn(header: Uint8Array, field: keyof typeof fields): number | undefined {
  return numberFrom(part(header, field));
}
