import { FileError } from "../files/file-error.js";
import type { FileHandle } from "../files/file-handle.js";
import type { Files } from "../files/files.js";
import { absolutePath } from "../files/path.js";
import { FullDevice, type OpenFile } from "./open-file.js";
import type { OpenPathOptions } from "./program.js";

/** The process for which {@link openPath} opens a file. */
interface Opener {
  readonly cwd: string;
  readonly pid: number;
  readonly descriptors: ReadonlyMap<number, OpenFile>;
  /** Returns the open files of another process. @throws {FileError} it is another user's */
  readonly descriptorsOf: (pid: number) => ReadonlyMap<number, OpenFile> | undefined;
  readonly files: Files;
}

/** Opens a file by its path, for use with a descriptor. @throws {FileError} */
export function openPath(
  opener: Opener,
  path: string,
  { cwd = opener.cwd, umask, ...options }: OpenPathOptions = {},
): OpenFile {
  const files = opener.files.with({ cwd, ...(umask !== undefined && { umask }) });
  const special = specialAt(opener, files, absolutePath(path, cwd));
  if (special) return special;
  return new SystemFile(files.open(path, options), () => files.realpath(path));
}

/** How many symbolic links are followed, as in Linux. */
const mostLinks = 40;

/** Opens what is in no file system, also where symbolic links lead to it, such as `/var/log/nginx/access.log` to `/dev/stdout`. */
function specialAt(opener: Opener, files: Files, path: string): OpenFile | undefined {
  let at = path;
  for (let links = 0; links < mostLinks; links++) {
    const special = openSpecial(opener, at);
    if (special) return special;
    const target = linkAt(files, at);
    if (target === undefined) return undefined;
    at = absolutePath(target, at.slice(0, at.lastIndexOf("/")) || "/");
  }
  return undefined;
}

function linkAt(files: Files, path: string): string | undefined {
  return files.isThere(path) && files.lstat(path).type === "symlink" ? files.readlink(path) : undefined;
}

const names: Readonly<Record<string, number>> = { "/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2 };

/** Opens the paths that are in no file system: the process's own descriptors, `/dev/full` and `/dev/tty`. */
function openSpecial({ pid, descriptors, descriptorsOf }: Opener, path: string): OpenFile | undefined {
  if (path === "/dev/full") return new FullDevice();
  if (path === "/dev/tty") {
    const terminal = [...descriptors.values()].find((file) => file.terminal);
    if (!terminal) throw new FileError("ENXIO");
    return terminal;
  }
  const [, of, number = names[path]] = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(path) ?? [];
  if (number === undefined) return undefined;
  const isOwn = of === undefined || of === "self" || Number(of) === pid;
  const file = (isOwn ? descriptors : descriptorsOf(Number(of)))?.get(Number(number));
  if (!file) throw new FileError("ENOENT");
  return file;
}

/** An open file of a file system. */
class SystemFile implements OpenFile {
  readonly terminal = undefined;

  /** @param path returns the file's path, which nobody asks for as a rule */
  constructor(
    readonly handle: FileHandle,
    readonly path: () => string,
  ) {}

  get shownAs(): string {
    try {
      return this.path();
    } catch {
      return "(deleted)";
    }
  }

  take(limit: number): Uint8Array {
    return this.handle.read(limit);
  }
  readable(): Promise<void> {
    return Promise.resolve();
  }
  write(data: Uint8Array): boolean {
    this.handle.write(data);
    return true;
  }
  writable(): undefined {
    return undefined;
  }
  hold(): void {}
  drop(): void {}
}
