import {
  blockSize,
  checksumOf,
  fields,
  paddingOf,
  putNumber,
  putText,
  type TarEntry,
  typeFlags,
} from "@dryharbor/kernel/tar";
import { joined } from "../../bytes.js";

const encoder = new TextEncoder();

/** Returns an entry as BusyBox writes it, in GNU's format: a name that is too long has an entry of its own. */
export function writtenEntry(entry: TarEntry): Uint8Array {
  const header = new Uint8Array(blockSize);
  putText(header, "name", entry.name);
  putNumber(header, "mode", entry.mode);
  putNumber(header, "uid", entry.uid);
  putNumber(header, "gid", entry.gid);
  putNumber(header, "size", entry.content.length);
  putNumber(header, "mtime", Math.max(0, Number(entry.mtime / 1_000_000_000n)));
  putText(header, "typeFlag", typeFlags[entry.type]);
  putText(header, "linkName", entry.linkName);
  putText(header, "userName", entry.userName);
  putText(header, "groupName", entry.groupName);
  if (entry.type.endsWith("device")) {
    putNumber(header, "major", entry.major);
    putNumber(header, "minor", entry.minor);
  }
  seal(header);
  return joined([
    ...long("K", entry.linkName),
    ...long("L", entry.name),
    header,
    entry.content,
    new Uint8Array(paddingOf(entry.content.length)),
  ]);
}

/** Returns the entry that holds a name, if the name needs one. */
function long(flag: "K" | "L", name: string): Uint8Array[] {
  const text = encoder.encode(`${name}\0`);
  if (text.length <= fields.name[1]) return [];
  const header = new Uint8Array(blockSize);
  putText(header, "name", "././@LongLink");
  for (const field of ["mode", "uid", "gid", "mtime"] as const) putNumber(header, field, 0);
  putNumber(header, "size", text.length);
  putText(header, "typeFlag", flag);
  seal(header);
  return [header, text, new Uint8Array(paddingOf(text.length))];
}

function seal(header: Uint8Array): void {
  putText(header, "magic", "ustar  \0");
  putText(header, "checksum", `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
}
