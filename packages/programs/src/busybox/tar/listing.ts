import type { TarEntry } from "@dryharbor/kernel/tar";
import { formatDate, type Zone } from "../dates.js";
import { modeText } from "../file-mode.js";

/** The name of a member as it is printed: what is not printable ASCII is a question mark. */
export function printable(name: string): string {
  const bytes = new TextEncoder().encode(name);
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "?")).join(
    "",
  );
}

/** The line of `tar -tv` for a member. */
export function longLine(entry: TarEntry, zone: Zone): string {
  const { name, type, mode, userName, groupName, uid, gid, content, mtime, linkName } = entry;
  const shown = modeText({ type: type === "hard link" ? "file" : type, mode });
  const owner = `${userName || uid}/${groupName || gid}`;
  const time = formatDate("%Y-%m-%d %H:%M:%S", mtime, zone);
  const target = type.endsWith("link") ? ` -> ${printable(linkName)}` : "";
  return `${shown} ${owner} ${String(content.length).padStart(9)} ${time} ${printable(name)}${target}`;
}
