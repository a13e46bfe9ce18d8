// How an inode below a folder of the real machine is reached without ever following a symbolic link.

import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
} from "node:fs";
import { FileError } from "@dryharbor/kernel";

/** An inode that has been reached. */
export interface Opened {
  /** A path that leads to this inode, and as long as it is open to no other one. */
  readonly path: string;
  readonly stat: BigIntStats;
  close(): void;
  /** Returns the same inode with its present attributes. The path stays open. */
  again(): Opened;
}

/** A way to open what lies in a folder. */
export interface Opener {
  /** Whether what is open stays the same inode, whatever happens to its names. */
  readonly holds: boolean;
  /**
   * Opens what the names lead to, one below the other.
   *
   * @param from where the first name is. Default: the folder itself
   * @throws errors of the machine
   */
  open(names: readonly string[], from?: Opened): Opened;
  /** Closes the folder. */
  close(): void;
}

/** Opens a file by its place alone: it may not be read or written, and nothing happens on opening a device. */
const placeOnly = 0o10000000;

/**
 * Opens by descriptors, as Linux can: each directory on the way is held open while the next name is looked up
 * in it, and the kernel refuses to follow a link. So not even another process that swaps directories for links at
 * the right moment leads out of the folder.
 */
export function byDescriptor(folder: string): Opener {
  const { O_DIRECTORY, O_NOFOLLOW } = constants;
  let root = openRoot(folder);
  let closed = false;
  /** Returns the folder's descriptor: of another directory when that has taken its place. */
  const present = (): number => {
    const was = fstatSync(root, { bigint: true });
    const is = lstatSync(folder, { bigint: true });
    if (is.dev !== was.dev || is.ino !== was.ino) {
      const other = openRoot(folder);
      closeSync(root);
      root = other;
    }
    return root;
  };
  return {
    holds: true,
    open(names, from) {
      // The machine may give the descriptor's number to another file.
      if (closed) throw new FileError("ESTALE");
      const opened: number[] = [];
      const close = (): void => {
        for (const each of opened.splice(0)) closeSync(each);
      };
      try {
        let at = from ? Number(from.path.slice(pathOf(0).length - 1)) : present();
        let path = pathOf(at);
        if (names.length === 0 && !from) {
          // The folder's own descriptor is closed when another directory takes its place.
          at = openSync(path, placeOnly | O_DIRECTORY);
          opened.push(at);
          path = pathOf(at);
        }
        for (const [index, name] of names.entries()) {
          const last = index === names.length - 1;
          const flags = placeOnly | O_NOFOLLOW | (last ? 0 : O_DIRECTORY);
          at = openSync(`${path}/${checked(name)}`, flags);
          opened.push(at);
          path = pathOf(at);
        }
        const inode = (close: () => void): Opened => ({
          path,
          stat: fstatSync(at, { bigint: true }),
          close,
          again: () => inode(() => {}),
        });
        return inode(close);
      } catch (error) {
        close();
        throw error;
      }
    },
    close() {
      closed = true;
      closeSync(root);
    },
  };
}

/** Opens a directory by its path, on which no link is followed either. */
function openRoot(folder: string): number {
  const { O_DIRECTORY, O_NOFOLLOW } = constants;
  let at = openSync("/", placeOnly | O_DIRECTORY);
  for (const name of folder.split("/")) {
    if (name === "") continue;
    const above = at;
    try {
      at = openSync(`${pathOf(above)}/${name}`, placeOnly | O_DIRECTORY | O_NOFOLLOW);
    } finally {
      closeSync(above);
    }
  }
  return at;
}

function pathOf(descriptor: number): string {
  return `/proc/self/fd/${descriptor}`;
}

/**
 * Opens by paths, where descriptors cannot: each directory on the way is looked at, and a link is refused. What
 * containers do never leads out of the folder. Another process of the machine that swaps a directory for a link
 * between the look and the use could make it lead out.
 */
export function byPath(folder: string): Opener {
  let closed = false;
  return {
    holds: false,
    open(names) {
      if (closed) throw new FileError("ESTALE");
      if (realpathSync(folder) !== folder) throw new FileError("ENOENT");
      let path = folder;
      let stat = lstatSync(path, { bigint: true });
      for (const name of names) {
        if (!stat.isDirectory()) throw new FileError(stat.isSymbolicLink() ? "ELOOP" : "ENOTDIR");
        path = `${path}/${checked(name)}`;
        stat = lstatSync(path, { bigint: true });
      }
      const present = (stat: BigIntStats): Opened => ({
        path,
        stat,
        close() {},
        again: () => present(lstatSync(path, { bigint: true })),
      });
      return present(stat);
    },
    close() {
      closed = true;
    },
  };
}

/** Returns a name that can be put behind a path without leading elsewhere. @throws {FileError} ENOENT */
export function checked(name: string): string {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name)) throw new FileError("ENOENT");
  return name;
}
