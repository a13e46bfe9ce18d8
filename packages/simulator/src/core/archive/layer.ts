import type { Files } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import type { FilesystemChange } from "@dryharbor/sdk/port";
import { earlyUnpacking, type UnpackStyle } from "../releases/archives.js";
import type { Release } from "../releases/release.js";
import { packedChange } from "./pack.js";
import { baseName, cleanPath, parentOf } from "./path.js";
import { unpack } from "./unpack.js";

/** The prefix of a whiteout: the file of that name in the layers below is gone. */
const whiteout = ".wh.";
/** The whiteout of a whole directory: nothing from the layers below remains in it. */
const opaque = ".wh..wh..opq";

/** Returns the entries of a layer's archive: new and changed files, and whiteouts for removed ones. */
export function layerEntries(
  release: Release,
  files: Files,
  changes: readonly FilesystemChange[],
  now: bigint,
): TarEntry[] {
  const seen = new Map<number, string>();
  return changes.flatMap(({ Path, Kind }) => {
    const name = Path.slice(1);
    if (Kind !== 2) return packedChange(release, files, Path, name, seen) ?? [];
    const at = name.lastIndexOf("/") + 1;
    return {
      name: `${name.slice(0, at)}${whiteout}${name.slice(at)}`,
      type: "file" as const,
      mode: 0,
      uid: 0,
      gid: 0,
      userName: "",
      groupName: "",
      mtime: now,
      linkName: "",
      major: 0,
      minor: 0,
      content: new Uint8Array(),
    };
  });
}

/** Applies a layer on top of files. @throws {UnpackError} */
export function applyLayer(files: Files, entries: Iterable<TarEntry>, style: UnpackStyle = taken): void {
  unpack(files, "/", withoutWhiteouts(files, entries), { style });
}

/** The style for layers that the engine has accepted before. */
const taken: UnpackStyle = { ...earlyUnpacking, notGiven: (_entry, why) => why };

function* withoutWhiteouts(files: Files, entries: Iterable<TarEntry>): Generator<TarEntry> {
  /** The paths that this layer has added. An opaque directory hides those below, not these. */
  const brought = new Set<string>();
  for (const entry of entries) {
    const path = cleanPath(entry.name);
    const name = baseName(path);
    const directory = parentOf(path);
    if (name === opaque) {
      for (const child of files.isDirectory(directory) ? files.list(directory) : []) {
        const hidden = `${directory === "/" ? "" : directory}/${child}`;
        if (!brought.has(hidden)) files.remove(hidden);
      }
    } else if (name.startsWith(whiteout)) {
      const hidden = `${directory === "/" ? "" : directory}/${name.slice(whiteout.length)}`;
      if (files.isThere(hidden)) files.remove(hidden);
    } else {
      for (let at = path; at !== "/"; at = parentOf(at)) brought.add(at);
      yield entry;
    }
  }
}
