import {
  blockSize,
  checksumOf,
  fields,
  paddingOf,
  putNumber,
  putText,
  type TarEntry,
  typeFlags,
} from "./header.js";
import { joinedBytes } from "./joined-bytes.js";

/**
 * Yields a tar archive in pieces, as Go's archive/tar writes it in PAX format: values that do not fit into a
 * header are in records before it. Times are whole seconds, as Go writes them.
 */
export function* tarPieces(entries: Iterable<TarEntry>): Generator<Uint8Array> {
  for (const entry of entries) {
    const records = recordsOf(entry);
    if (records.length > 0) yield recordsHeader(entry.name, records);
    yield header(entry);
    if (entry.content.length > 0) yield entry.content;
    const padding = paddingOf(entry.content.length);
    if (padding > 0) yield new Uint8Array(padding);
  }
  yield new Uint8Array(2 * blockSize);
}

/** Returns a whole tar archive. */
export function tarOf(entries: Iterable<TarEntry>): Uint8Array {
  return joinedBytes([...tarPieces(entries)]);
}

/** Returns the values that do not fit into a header, sorted by key. */
function recordsOf({ name, linkName, uid, gid, content, mtime }: TarEntry): [key: string, value: string][] {
  const records: [string, string][] = [];
  if (!fitsNumber(gid, 8)) records.push(["gid", String(gid)]);
  if (!fitsText(linkName)) records.push(["linkpath", linkName]);
  if (!fitsNumber(Number(seconds(mtime)), 12)) records.push(["mtime", String(seconds(mtime))]);
  if (!fitsText(name)) records.push(["path", name]);
  if (!fitsNumber(content.length, 12)) records.push(["size", String(content.length)]);
  if (!fitsNumber(uid, 8)) records.push(["uid", String(uid)]);
  return records;
}

function fitsText(text: string): boolean {
  return text.length <= 100 && isAscii(text);
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function fitsNumber(value: number, length: number): boolean {
  return value >= 0 && value < 8 ** (length - 1);
}

function seconds(mtime: bigint): bigint {
  return mtime / 1_000_000_000n;
}

function recordsHeader(name: string, records: readonly (readonly [string, string])[]): Uint8Array {
  const content = new TextEncoder().encode(records.map(([key, value]) => record(key, value)).join(""));
  const block = new Uint8Array(blockSize);
  putText(block, "name", ascii(recordsName(name)).slice(0, 100).replace(/\/+$/, ""));
  for (const field of ["mode", "uid", "gid", "mtime"] as const) putNumber(block, field, 0);
  putNumber(block, "size", content.length);
  putText(block, "typeFlag", "x");
  seal(block);
  return joinedBytes([block, content, new Uint8Array(paddingOf(content.length))]);
}

function recordsName(name: string): string {
  const slash = name.lastIndexOf("/") + 1;
  const parts = [...name.slice(0, slash).split("/"), "PaxHeaders.0", name.slice(slash)];
  const joinedParts = parts.filter((part) => part !== "" && part !== ".").join("/");
  return name.startsWith("/") ? `/${joinedParts}` : joinedParts;
}

/** Formats a record. It begins with its own length, which includes the digits of that length. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = new TextEncoder().encode(rest).length;
  let whole = length + String(length).length;
  if (length + String(whole).length !== whole) whole = length + String(whole).length;
  return `${whole}${rest}`;
}

function header(entry: TarEntry): Uint8Array {
  const block = new Uint8Array(blockSize);
  putText(block, "name", ascii(entry.name));
  const [at, length] = fields.name;
  // Some readers would take a file whose name is cut after a slash for a directory.
  if (entry.name.length > length && block[at + length - 1] === 0x2f) {
    let end = at + length;
    while (end > at && block[end - 1] === 0x2f) end--;
    block[end] = 0;
  }
  putNumber(block, "mode", entry.mode);
  putNumber(block, "uid", fitsNumber(entry.uid, 8) ? entry.uid : 0);
  putNumber(block, "gid", fitsNumber(entry.gid, 8) ? entry.gid : 0);
  putNumber(block, "size", fitsNumber(entry.content.length, 12) ? entry.content.length : 0);
  const time = Number(seconds(entry.mtime));
  putNumber(block, "mtime", fitsNumber(time, 12) ? time : 0);
  putText(block, "typeFlag", typeFlags[entry.type]);
  putText(block, "linkName", ascii(entry.linkName));
  putText(block, "userName", ascii(entry.userName));
  putText(block, "groupName", ascii(entry.groupName));
  putNumber(block, "major", entry.major);
  putNumber(block, "minor", entry.minor);
  seal(block);
  return block;
}

/** Drops characters that are not ASCII; a record has them. */
function ascii(text: string): string {
  return [...text].filter((character) => character < "\x80" && character !== "\0").join("");
}

function seal(block: Uint8Array): void {
  putText(block, "magic", "ustar\x0000");
  putText(block, "checksum", `${checksumOf(block).toString(8).padStart(6, "0")}\0 `);
}
