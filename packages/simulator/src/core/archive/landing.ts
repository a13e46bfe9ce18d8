// Where the entries of a layer land when containerd unpacks it. Each layer is unpacked into a directory of its own, so
// that links of lower layers lead nowhere, and no name leads out of it.

import { FileError, type FileStat } from "@dryharbor/kernel";
import { changed, emptyTree, type Files, type Tree } from "@dryharbor/kernel/host";
import { globalFlag, type OtherTarEntry, type TarEntry } from "@dryharbor/kernel/tar";
import { type Hidden, opaqueName, whiteout } from "./layer.js";
import { baseName, cleanPath, parentOf } from "./path.js";
import { giveTo } from "./unpack.js";
import { UnpackError } from "./unpack-error.js";

/** What a layer leaves in its directory. */
export interface Landing {
  readonly own: Tree;
  readonly hidden: Hidden;
  /** What is there, each inode once. */
  readonly left: readonly TarEntry[];
}

export interface LandingOptions {
  /** There are layers below, which whiteouts hide files of. The lowest layer's own files are removed instead. */
  readonly overlaid: boolean;
  /** The host's directory that the layer is unpacked to. */
  readonly directory: string;
}

const longestPath = 4095;
const mostLinks = 255;

/**
 * Finds out where the entries of a layer land.
 *
 * @throws {UnpackError} an entry cannot land, in containerd's words
 */
export function landingOf(entries: Iterable<TarEntry | OtherTarEntry>, options: LandingOptions): Landing {
  const hidden = { opaque: new Set<number>(), implied: new Set<number>() };
  let left: TarEntry[] = [];
  const own = changed(emptyTree, (masked) => {
    const files = masked.with({ umask: 0 });
    land(new LayerDirectory(files, options.directory), entries, options.overlaid, hidden);
    left = everythingIn(files);
  });
  return { own, hidden, left };
}

function land(
  layer: LayerDirectory,
  entries: Iterable<TarEntry | OtherTarEntry>,
  overlaid: boolean,
  { opaque, implied }: { readonly opaque: Set<number>; readonly implied: Set<number> },
): void {
  const { files } = layer;
  const directories: { readonly name: string; readonly mtime: bigint }[] = [];
  const brought = new Set<string>();

  for (const entry of entries) {
    const name = cleanPath(entry.name);
    // A name that ends in `..` means the directory above, and an entry has no base then.
    const [parent, base] = endsAbove(entry.name) ? [name, ""] : [parentOf(name), baseName(name)];
    const resolved = layer.resolve(parent, "failed to get root path: ");
    const path = cleanPath(`${resolved}/${base === "/" ? "" : base}`);
    if (path === "/") continue;
    for (const made of layer.makeParents(resolved)) implied.add(files.lstat(made).inode);

    if (base.startsWith(whiteout)) {
      refuseBadWhiteout(base);
      const directory = parentOf(path);
      if (base === opaqueName) {
        if (!overlaid) layer.empty(directory, brought);
        else opaque.add(files.lstat(directory).inode);
      } else {
        const hidden = cleanPath(`${directory}/${base.slice(whiteout.length)}`);
        if (overlaid) layer.hide(hidden, relativeAsWritten(entry.name));
        else layer.remove(hidden);
      }
      continue;
    }
    const merges = entry.type === "directory" && layer.isDirectory(path);
    if (!merges) layer.remove(path);
    if (entry.type === "other") {
      if (entry.flag === globalFlag) continue;
      throw new UnpackError(`unhandled tar header type ${entry.flag}`);
    }
    layer.make(path, entry, merges);
    implied.delete(files.lstat(path).inode);
    if (entry.type === "directory") directories.push({ name, mtime: entry.mtime });
    brought.add(path);
  }
  // The times of directories are set last, by their names of then.
  for (const { name, mtime } of directories) {
    const path = layer.resolve(name, "");
    if (!layer.lstat(path)) throw layer.failure("failed call to UtimesNanoAt for ", path, "ENOENT");
    files.setTime(path, mtime);
  }
}

/** A directory of the host that a layer is unpacked to. Paths are those below it. */
class LayerDirectory {
  constructor(
    readonly files: Files,
    readonly directory: string,
  ) {}

  /** Returns an error about a path, as Go's os package words it. */
  failure(call: string, path: string, code: FileError["code"]): UnpackError {
    const why = new FileError(code).message.toLowerCase();
    return new UnpackError(`${call}${this.shown(path)}: ${why}`, code === "ENOENT");
  }

  shown(path: string): string {
    return path === "/" ? this.directory : `${this.directory}${path}`;
  }

  /** Does something with a path. @throws {UnpackError} what the file system refuses, after `call` and the path */
  attempt<T>(call: string, path: string, act: () => T): T {
    if (new TextEncoder().encode(this.shown(path)).length > longestPath)
      throw this.failure(call, path, "ENAMETOOLONG");
    try {
      return act();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw this.failure(call, path, error.code);
    }
  }

  /** Returns what is at a path, a link itself; `undefined` for nothing. */
  lstat(path: string, before = ""): FileStat | undefined {
    return this.attempt(`${before}lstat `, path, () => {
      try {
        return this.files.lstat(path);
      } catch (error) {
        if (error instanceof FileError && error.code === "ENOENT") return undefined;
        throw error;
      }
    });
  }

  /** Follows the links in a path, and stays below the directory. What is not there counts as no link. */
  resolve(path: string, before: string): string {
    let links = 0;
    let at = "/";
    const names = path.split("/").filter(Boolean);
    while (names.length > 0) {
      const name = names.shift() as string;
      const next = cleanPath(`${at}/${name}`);
      if (next !== "/" && this.lstat(next, before)?.type === "symlink") {
        if (++links > mostLinks) throw new UnpackError(`${before}too many links`);
        const target = this.files.readlink(next);
        if (target.startsWith("/")) at = "/";
        names.unshift(...target.split("/").filter(Boolean));
      } else {
        at = next;
      }
    }
    return at;
  }

  /** Makes a directory and those above it, as far as they are missing. Returns them, the uppermost first. */
  makeParents(path: string): string[] {
    if (path === "/") return [];
    const there = this.lstat(path);
    if (there?.type === "directory") return [];
    if (there) throw this.failure("mkparent ", path, "ENOTDIR");
    const made = this.makeParents(parentOf(path));
    this.attempt("mkdir ", path, () => this.files.mkdir(path, 0o755));
    return [...made, path];
  }

  isDirectory(path: string): boolean {
    return this.files.isThere(path) && this.files.lstat(path).type === "directory";
  }

  /** Removes what is at a path, if anything is. */
  remove(path: string): void {
    if (this.files.isThere(path)) this.files.remove(path);
  }

  /** Removes what was in a directory before this layer's entries. In the lowest layer that is nothing of others. */
  empty(directory: string, brought: ReadonlySet<string>): void {
    for (const name of this.files.list(directory)) {
      const path = cleanPath(`${directory}/${name}`);
      if (!brought.has(path)) this.files.remove(path);
    }
  }

  /** Hides a file of the layers below by a device in its place. */
  hide(path: string, name: string): void {
    try {
      this.files.mknod(path, { type: "character device", major: 0, minor: 0 }, 0);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const why = error.message.toLowerCase();
      throw new UnpackError(`failed to convert whiteout file ${JSON.stringify(name)}: ${why}`);
    }
  }

  /** Makes what an entry describes. Times of directories are not set. */
  make(path: string, entry: TarEntry, merges: boolean): void {
    const { files } = this;
    const { type, mode, mtime, content, linkName } = entry;
    switch (type) {
      case "directory":
        if (!merges) this.attempt("mkdir ", path, () => files.mkdir(path, mode));
        break;
      case "file":
        this.attempt("open ", path, () => files.write(path, content, { mode }));
        break;
      case "symlink":
        if (linkName === "") throw this.failure("symlink  ", path, "ENOENT");
        if (linkName.length > longestPath) throw this.failure(`symlink ${linkName} `, path, "ENAMETOOLONG");
        this.attempt(`symlink ${linkName} `, path, () => files.symlink(linkName, path));
        break;
      case "hard link": {
        // The last name is not followed.
        const target = cleanPath(
          `${this.resolve(parentOf(cleanPath(linkName)), "")}/${baseName(cleanPath(linkName))}`,
        );
        this.attempt(`link ${this.shown(target)} `, path, () => files.link(target, path));
        break;
      }
      case "fifo":
        files.mknod(path, { type: "fifo" }, mode);
        break;
      default:
        files.mknod(path, { type, major: entry.major, minor: entry.minor }, mode);
    }
    giveTo(files, path, entry.uid, entry.gid);
    if (type === "hard link") return;
    if (type !== "symlink") files.chmod(path, mode);
    if (type !== "directory") files.setTime(path, mtime, false);
  }
}

function endsAbove(name: string): boolean {
  return /(^|\/)\.\.\/*$/.test(name);
}

/** Returns a name as containerd's messages have it. */
function relativeAsWritten(name: string): string {
  return cleanPath(name).slice(1);
}

/** @throws {UnpackError} a whiteout that names the directory itself, or the one above */
function refuseBadWhiteout(base: string): void {
  if (["", ".", ".."].includes(base.slice(whiteout.length)))
    throw new UnpackError(`invalid whiteout name: ${base}: invalid archive`);
}

/** Lists all files, each inode once. Further names of one are hard links. */
function everythingIn(files: Files): TarEntry[] {
  const seen = new Set<number>();
  const all: TarEntry[] = [];
  const visit = (directory: string): void => {
    for (const child of files.list(directory)) {
      const path = cleanPath(`${directory}/${child}`);
      const { type, inode, major, minor, ...stat } = files.lstat(path);
      const isSeen = seen.has(inode);
      seen.add(inode);
      all.push({
        ...stat,
        name: path.slice(1),
        type: isSeen ? "hard link" : (type as TarEntry["type"]),
        userName: "",
        groupName: "",
        linkName: type === "symlink" ? files.readlink(path) : "",
        major,
        minor,
        content: type === "file" ? files.content(path) : new Uint8Array(),
      });
      if (type === "directory") visit(path);
    }
  };
  visit("/");
  return all;
}
