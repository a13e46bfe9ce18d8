import { FileError, type FileStat, type Files } from "@dryharbor/kernel";
import type { TarEntry, TarEntryType } from "@dryharbor/kernel/tar";
import { Accounts } from "../accounts.js";
import { MemberNames } from "./member-names.js";

/** How an archive is made. */
export interface Creation {
  readonly files: Files;
  readonly followsLinks: boolean;
  readonly recursive: boolean;
  /** The archive, if it is a file, which is not put into itself. */
  readonly archive: FileStat | undefined;
  /** Tells of a file that is left out, or of a change. `failed` says whether it is an error. */
  complain(message: string, failed: boolean): void;
}

/** Yields the entries for paths and what is in them. */
export function* entriesFor(paths: readonly string[], creation: Creation): Generator<TarEntry> {
  const writer = new Collector(creation);
  for (const path of paths) yield* writer.entries(path.replace(/(.)\/$/, "$1"));
}

class Collector {
  readonly #creation: Creation;
  readonly #accounts: Accounts;
  readonly #names: MemberNames;
  /** The names of the files with several links that are in the archive, by their identity. */
  readonly #linked = new Map<object, Map<number, string>>();

  constructor(creation: Creation) {
    this.#creation = creation;
    this.#accounts = new Accounts(creation.files);
    this.#names = new MemberNames((message) => creation.complain(message, false));
  }

  *entries(path: string): Generator<TarEntry> {
    const { files, followsLinks, recursive, archive, complain } = this.#creation;
    let stat: FileStat;
    let entry: TarEntry;
    try {
      stat = followsLinks ? files.stat(path) : files.lstat(path);
      if (archive && stat.inode === archive.inode && stat.system === archive.system) {
        complain(`${path}: file is the archive; skipping`, false);
        return;
      }
      if (stat.type === "socket") {
        complain(`${path}: socket ignored`, false);
        return;
      }
      entry = this.#entry(path, { ...stat, type: stat.type });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      complain(`${path}: ${error.message}`, true);
      return;
    }
    if (entry.name !== "") yield entry;
    if (stat.type !== "directory" || !recursive) return;
    for (const name of files.list(path)) yield* this.entries(path === "/" ? `/${name}` : `${path}/${name}`);
  }

  #entry(path: string, stat: FileStat & { readonly type: TarEntryType }): TarEntry {
    const { files } = this.#creation;
    const safe = this.#names.safe(path);
    const name = stat.type === "directory" && safe !== "" ? `${safe}/` : safe;
    const earlier = stat.type === "directory" ? undefined : this.#link(stat, name);
    const type: TarEntryType = earlier === undefined ? stat.type : "hard link";
    return {
      name,
      type,
      mode: stat.mode,
      uid: stat.uid,
      gid: stat.gid,
      userName: this.#accounts.userName(stat.uid) ?? String(stat.uid),
      groupName: this.#accounts.groupName(stat.gid) ?? String(stat.gid),
      mtime: stat.mtime,
      linkName: earlier ?? (type === "symlink" ? files.readlink(path) : ""),
      major: stat.major,
      minor: stat.minor,
      content: type === "file" ? files.read(path) : new Uint8Array(),
    };
  }

  /** Returns the name under which a file is in the archive already. */
  #link({ links, system, inode }: FileStat, name: string): string | undefined {
    if (links < 2) return undefined;
    const names = this.#linked.get(system) ?? new Map<number, string>();
    this.#linked.set(system, names);
    const earlier = names.get(inode);
    if (earlier === undefined) names.set(inode, name);
    return earlier;
  }
}
