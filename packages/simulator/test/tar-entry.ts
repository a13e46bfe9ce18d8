import type { TarEntry } from "@dryharbor/kernel/tar";

/** Makes an entry of a tar archive: an empty file that root owns, with the given fields changed. */
export function tarEntry(given: Partial<TarEntry>): TarEntry {
  return {
    name: "file",
    type: "file",
    mode: 0o644,
    uid: 0,
    gid: 0,
    userName: "",
    groupName: "",
    mtime: 0n,
    linkName: "",
    major: 0,
    minor: 0,
    content: new Uint8Array(),
    ...given,
  };
}
