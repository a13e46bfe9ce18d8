// Packs files of the client's machine, as docker does for `cp`.
import type { TarEntry } from "@dryharbor/kernel/tar";
import { CommandError } from "../command/errors.js";
import type { CommandFiles } from "../io.js";
import { clean, join, splitEntry } from "./paths.js";
import type { CopyEnd } from "./prepare.js";

/** What a path on the client's machine is, as the source of a copy. @throws {FileError} */
export function localSource(files: CommandFiles, path: string, followLink: boolean): CopyEnd {
  if (followLink) {
    const real = files.realpath(path);
    const end = /(\/\.?)$/.exec(path)?.[1] ?? "";
    const name = splitEntry(clean(path)).name;
    return {
      path: real + (real.endsWith("/") ? "" : end),
      exists: true,
      isDirectory: files.isDirectory(real),
      linkName: splitEntry(real).name === name || end === "/." ? "" : name,
    };
  }
  return { path, exists: true, isDirectory: isDirectory(files, path), linkName: "" };
}

function isDirectory(files: CommandFiles, path: string): boolean {
  // A slash at the end follows a link.
  return (
    (path.endsWith("/") || path.endsWith("/.") ? files.stat(path) : files.lstat(path)).type === "directory"
  );
}

/** Yields a file, or a directory with all that is in it. */
export function* packed(files: CommandFiles, source: CopyEnd): Generator<TarEntry> {
  const { directory, name } = splitEntry(source.path);
  yield* packedAt(files, join(directory, name), source.linkName || name);
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
