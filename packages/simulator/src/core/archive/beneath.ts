// Paths below a directory, as Go's os.Root resolves them: it follows no symbolic link out of the directory. What an
// archive has below an absolute link is found again as if the directory were the root.
import { FileError, type FileErrorCode, type Files } from "@dryharbor/kernel";
import { cleanName, isOutside } from "./clean-name.js";
import { cleanPath } from "./path.js";
import { UnpackError } from "./unpack-error.js";

/** The number of symbolic links that os.Root follows in one path. */
const mostLinks = 8;
/** The number that is followed to find a path again. */
const mostScopedLinks = 255;

/**
 * Returns where a name in an archive is, without links out of the directory in its parents. Parts that are missing
 * stay as they are.
 *
 * @param name clean, not absolute and not outside
 * @throws {UnpackError} the parents lead out by a relative link, or through what is no directory
 */
export function resolvedBeneath(files: Files, directory: string, name: string, lenient = false): string {
  const at = name.lastIndexOf("/");
  if (at < 0) return name;
  const parent = name.slice(0, at);
  const found = look(files, directory, parent, lenient ? mostScopedLinks : mostLinks);
  if (found === "there") return name;
  if (found !== "ENOENT" && found !== "escapes") {
    throw new UnpackError(`statat ${parent}: ${textOf(found)}`);
  }
  const { path, mayLeave } = scoped(files, directory, parent);
  if (found === "escapes" && !mayLeave && !lenient) {
    throw new UnpackError(`statat ${parent}: path escapes from parent`);
  }
  return cleanName(`${path}/${name.slice(at + 1)}`).slice(1);
}

/** Makes the parents of a path that are missing. @throws {UnpackError} one of them is something else */
export function makeParentsBeneath(files: Files, directory: string, path: string): void {
  const parts = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const parent = parts.slice(0, depth).join("/");
    const whole = cleanPath(`${directory}/${parent}`);
    if (!files.isThere(whole)) {
      try {
        files.mkdir(whole, 0o755);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        throw new UnpackError(`mkdirat ${parent}: ${textOf(error.code)}`, error.code === "ENOENT");
      }
    }
  }
}

/** Looks a path up as os.Root does. */
function look(
  files: Files,
  directory: string,
  path: string,
  most: number,
): "there" | "escapes" | FileErrorCode {
  const left = path.split("/");
  const reached: string[] = [];
  for (let links = 0; ; ) {
    const part = left.shift();
    if (part === undefined) return "there";
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (reached.pop() === undefined) return "escapes";
      continue;
    }
    const whole = cleanPath([directory, ...reached, part].join("/"));
    let type: string;
    try {
      type = files.lstat(whole).type;
    } catch (error) {
      if (error instanceof FileError) return error.code;
      throw error;
    }
    if (type === "symlink") {
      if (++links > most) return "ELOOP";
      const target = files.readlink(whole);
      if (target.startsWith("/")) return "escapes";
      left.unshift(...target.split("/"));
    } else {
      if (type !== "directory" && left.length > 0) return "ENOTDIR";
      reached.push(part);
    }
  }
}

/**
 * Resolves a path as if the directory were the root.
 *
 * @returns the path, absolute below the directory, and whether it left the directory by an absolute link first
 */
function scoped(
  files: Files,
  directory: string,
  path: string,
): { readonly path: string; readonly mayLeave: boolean } {
  const left = path.split("/");
  let current = "";
  let absolute = false;
  let escaped = false;
  for (let links = 0; ; ) {
    const part = left.shift();
    if (part === undefined) return { path: current, mayLeave: absolute && !escaped };
    if (part === "" || part === ".") continue;
    if (part === "..") {
      current = current.slice(0, Math.max(0, current.lastIndexOf("/")));
      continue;
    }
    const next = `${current}/${part}`;
    const whole = cleanPath(`${directory}/${next}`);
    const type = typeOf(files, whole);
    if (type !== "symlink") {
      current = next;
      continue;
    }
    if (++links > mostScopedLinks) throw new UnpackError("too many links");
    const target = files.readlink(whole);
    if (target.startsWith("/")) {
      absolute = true;
      current = "";
    } else if (!absolute && isOutside(cleanName(`${current.slice(1) || "."}/${target}`))) escaped = true;
    left.unshift(...target.split("/"));
  }
}

function typeOf(files: Files, path: string): string | undefined {
  try {
    return files.lstat(path).type;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "ENOENT") return undefined;
    throw new UnpackError(`lstat ${path}: ${textOf(error.code)}`);
  }
}

function textOf(code: FileErrorCode): string {
  return new FileError(code).message.toLowerCase();
}
