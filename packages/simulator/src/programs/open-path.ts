import { FileError } from "../core/filesystem/error.js";
import type { OpenFile as FileHandle, OpenOptions } from "../core/filesystem/open-file.js";
import { FullDevice, type OpenFile } from "./open-file.js";
import { absolutePath } from "./paths.js";
import type { ProcessContext } from "./program.js";

export interface OpenPathOptions extends OpenOptions {
  /** Where a relative path begins. Default: the process's working directory. */
  readonly cwd?: string;
  readonly umask?: number;
}

/** Opens a file by its path, as a descriptor can lead to it. @throws {FileError} */
export function openPath(
  process: ProcessContext,
  path: string,
  { cwd = process.cwd, umask, ...options }: OpenPathOptions = {},
): OpenFile {
  const special = openSpecial(process, absolutePath(path, cwd));
  if (special) return special;
  const files = process.container.files.with({
    cwd,
    uid: process.uid,
    gid: process.gid,
    ...(umask !== undefined && { umask }),
  });
  return new SystemFile(files.open(path, options));
}

const names: Readonly<Record<string, number>> = { "/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2 };

/** What `/proc/self/fd` leads to is the process's own, and a device that is always full. */
function openSpecial({ files }: ProcessContext, path: string): OpenFile | undefined {
  if (path === "/dev/full") return new FullDevice();
  const number = names[path] ?? /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  if (number === undefined) return undefined;
  const file = files.get(Number(number));
  if (!file) throw new FileError("ENOENT");
  return file;
}

/** A file of the container's file system. */
class SystemFile implements OpenFile {
  readonly terminal = undefined;

  constructor(readonly handle: FileHandle) {}

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
  release(): void {}
}
