// Packs files of the client's machine, as docker does for `cp`.
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import type { CommandFiles } from "../io.js";
import type { Source } from "./landing.js";
import { join, splitEntry } from "./paths.js";

/**
 * Reads what a path of the client's machine leads to.
 *
 * @param followLink copies what a link leads to, under the link's name
 * @throws {FileError}
 */
export function localSource(files: CommandFiles, path: string, followLink: boolean): Source {
  const { directory, name: root } = splitEntry(path);
  // A slash at the end follows a link as well.
  const at = followLink || /\/\.?$/.test(path) ? files.realpath(path) : join(directory, root);
  return { isDirectory: files.lstat(at).type === "directory", root, entries: packedAt(files, at, root) };
}

function* packedAt(files: CommandFiles, path: string, name: string): Generator<TarEntry> {
  const stat = files.lstat(path);
  const common = {
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    userName: "",
    groupName: "",
    mtime: (stat.mtime / 1_000_000_000n) * 1_000_000_000n,
    linkName: "",
    major: 0,
    minor: 0,
    content: new Uint8Array(),
  };
  switch (stat.type) {
    case "directory":
      yield { ...common, type: "directory", name: `${name}/` };
      for (const child of files.list(path)) yield* packedAt(files, `${path}/${child}`, `${name}/${child}`);
      return;
    case "symlink":
      yield { ...common, type: "symlink", name, linkName: files.readlink(path) };
      return;
    case "file":
      yield { ...common, type: "file", name, content: files.read(path) };
      return;
    case "socket":
      // Archives have none.
      return;
    default:
      throw new CommandError(`${path} is no regular file, directory or link`);
  }
}
