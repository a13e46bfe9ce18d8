// The files of this machine, as a command of @dryharbor/docker-cli takes them.
import {
  chmodSync,
  existsSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import type { CommandFiles } from "@dryharbor/docker-cli";
import { FileError, type FileErrorCode, type FileStat } from "@dryharbor/kernel";

/** The files of this machine. Relative paths begin in `cwd`. */
export function machineFiles(cwd: string): CommandFiles {
  const at = (path: string): string => resolve(cwd, path);
  return {
    read: (path) => asked(() => new Uint8Array(readFileSync(at(path)))),
    write: (path, data, { append = false, mode } = {}) =>
      asked(() =>
        writeFileSync(at(path), data, { flag: append ? "a" : "w", ...(mode !== undefined && { mode }) }),
      ),
    list: (path) => asked(() => readdirSync(at(path)).sort()),
    stat: (path) => asked(() => statOf(statSync(at(path)))),
    lstat: (path) => asked(() => statOf(lstatSync(at(path)))),
    exists: (path) => existsSync(at(path)),
    isDirectory: (path) => statSync(at(path), { throwIfNoEntry: false })?.isDirectory() ?? false,
    realpath: (path) => asked(() => realpathSync(at(path))),
    readlink: (path) => asked(() => readlinkSync(at(path))),
    symlink: (target, path) => asked(() => symlinkSync(target, at(path))),
    link: (existing, path) => asked(() => linkSync(at(existing), at(path))),
    mkdir: (path, mode) => asked(() => void mkdirSync(at(path), mode)),
    makeDirectories: (path, mode) =>
      asked(() => void mkdirSync(at(path), { recursive: true, ...(mode !== undefined && { mode }) })),
    remove: (path) => asked(() => rmSync(at(path), { recursive: true })),
    chmod: (path, mode) => asked(() => chmodSync(at(path), mode)),
    chown: (path, uid, gid) => asked(() => lchownSync(at(path), uid, gid)),
    setTime: (path, mtime, follow = true) =>
      asked(() => (follow ? utimesSync : lutimesSync)(at(path), Number(mtime) / 1e9, Number(mtime) / 1e9)),
  };
}

/** Does something with the machine's files, and throws what the kernel's files throw. */
function asked<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    throw new FileError(code as FileErrorCode);
  }
}

function statOf(stats: Stats): FileStat {
  return {
    type: typeOf(stats),
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    mtime: BigInt(Math.round(stats.mtimeMs * 1e6)),
    links: stats.nlink,
    inode: stats.ino,
    system: {},
    major: stats.rdev >> 8,
    minor: stats.rdev & 0xff,
  };
}

function typeOf(stats: Stats): FileStat["type"] {
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "symlink";
  if (stats.isFIFO()) return "fifo";
  if (stats.isSocket()) return "socket";
  if (stats.isCharacterDevice()) return "character device";
  return stats.isBlockDevice() ? "block device" : "file";
}
