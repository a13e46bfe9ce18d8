import { FileError, type Files } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { Accounts } from "../accounts.js";
import { TarError } from "./tar-error.js";

/** How members become files. */
export interface Extraction {
  readonly files: Files;
  /** What happens to files that are there: they are replaced, written over, or kept, which is an error. */
  readonly existing: "replace" | "overwrite" | "keep";
  readonly keepsTime: boolean;
  readonly keepsOwner: boolean;
  readonly keepsMode: boolean;
  /** Whether owners are taken by their numbers, and not by their names. */
  readonly byNumber: boolean;
  complain(message: string): void;
}

/** Makes files of the members of an archive. */
export class Extractor {
  readonly #how: Extraction;
  readonly #accounts: Accounts;
  readonly #links: { readonly existing: string; readonly path: string }[] = [];

  constructor(how: Extraction) {
    this.#how = how;
    this.#accounts = new Accounts(how.files);
  }

  /** Makes the file of an entry. Hard links are made at the end. @throws {TarError} */
  extract(path: string, entry: TarEntry, linkName: string): void {
    const { files, existing } = this.#how;
    this.#makeParent(path);
    if (existing === "replace" && entry.type !== "directory") this.#removeOld(path);
    switch (entry.type) {
      case "directory":
        this.#makeDirectory(path, entry.mode);
        break;
      case "hard link":
        this.#links.push({ existing: linkName, path });
        return;
      case "symlink":
        try {
          files.symlink(entry.linkName, path);
        } catch (error) {
          throw failed(error, `can't create symlink '${path}' to '${entry.linkName}'`);
        }
        break;
      case "file":
        this.#write(path, entry.content);
        break;
      case "fifo":
      case "character device":
      case "block device":
        try {
          const { type, major, minor, mode } = entry;
          files.mknod(path, type === "fifo" ? { type } : { type, major, minor }, mode);
        } catch (error) {
          throw failed(error, `can't create node ${path}`);
        }
    }
    try {
      this.#restore(path, entry);
    } catch (error) {
      // What is no directory of its own, as a link that leads nowhere, keeps what it has.
      if (!(error instanceof FileError)) throw error;
    }
  }

  /** Makes the hard links. @throws {TarError} */
  finish(): void {
    for (const { existing, path } of this.#links) {
      try {
        this.#how.files.link(existing, path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        throw new TarError(`can't create hardlink '${path}' to '${existing}'`);
      }
    }
  }

  #makeParent(path: string): void {
    const { files, complain } = this.#how;
    const slash = path.replace(/\/+$/, "").lastIndexOf("/");
    const parent = path.slice(0, Math.max(slash, 0));
    if (parent === "" || files.isDirectory(parent)) return;
    try {
      files.makeDirectories(parent);
      if (!files.isDirectory(parent)) throw new FileError("EEXIST");
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // A symbolic link that leads nowhere is there, and is not.
      const { message } = files.exists(parent) || error.code !== "EEXIST" ? error : new FileError("ENOENT");
      complain(`can't create directory '${parent}': ${message}`);
    }
  }

  #removeOld(path: string): void {
    try {
      this.#how.files.unlink(path);
    } catch (error) {
      if (error instanceof FileError && error.code === "ENOENT") return;
      throw failed(error, `can't remove old file ${path}`);
    }
  }

  #makeDirectory(path: string, mode: number): void {
    try {
      this.#how.files.mkdir(path, mode);
    } catch (error) {
      if (error instanceof FileError && error.code === "EEXIST") return;
      throw failed(error, `can't make dir ${path}`);
    }
  }

  #write(path: string, content: Uint8Array): void {
    const { files, existing } = this.#how;
    try {
      const isExclusive = existing === "keep";
      files.open(path, { write: true, create: true, exclusive: isExclusive, truncate: true }).write(content);
    } catch (error) {
      throw failed(error, `can't open '${path}'`);
    }
  }

  #restore(path: string, entry: TarEntry): void {
    const { files, keepsOwner, keepsMode, keepsTime, byNumber } = this.#how;
    const follow = false;
    if (keepsOwner) {
      const user = byNumber ? undefined : this.#accounts.userNamed(entry.userName)?.uid;
      const group = byNumber ? undefined : this.#accounts.groupNumber(entry.groupName);
      files.chown(path, user ?? entry.uid, group ?? entry.gid, follow);
    }
    if (entry.type === "symlink") return;
    files.chmod(path, keepsMode ? entry.mode : entry.mode & ~0o022);
    if (keepsTime) files.setTime(path, entry.mtime, follow);
  }
}

function failed(error: unknown, what: string): unknown {
  return error instanceof FileError ? new TarError(`${what}: ${error.message}`) : error;
}
