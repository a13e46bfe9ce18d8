import { FileError, type Files, type ProcessContext } from "@dryharbor/kernel";
import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { type AppletCall, applet } from "./applet.js";

/** `cp [OPTIONS] SOURCE... DEST`: copies files and directories. */
export const cp = applet(
  {
    help: `cp [-arPLHpfinlsTu] SOURCE DEST
or: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }

Copy SOURCEs to DEST

	-a	Same as -dpR
	-R,-r	Recurse
	-d,-P	Preserve symlinks (default if -R)
	-L	Follow all symlinks
	-H	Follow symlinks on command line
	-p	Preserve file attributes if possible
	-f	Overwrite
	-i	Prompt before overwrite
	-n	Don't overwrite
	-l,-s	Create (sym)links
	-T	Refuse to copy if DEST is a directory
	-t DIR	Copy all SOURCEs into DIR
	-u	Copy only newer files`,
    options: { flags: "arRPdLHpfinlsTu", values: "t" },
  },
  async (process, call) =>
    intoPlace(process, call, (copier, source, target) => copier.copy(source, target, true)),
);

/** `mv [-fin] SOURCE... DEST`: renames or moves files and directories. */
export const mv = applet(
  {
    help: `mv [-finT] SOURCE DEST
or: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }

Rename SOURCE to DEST, or move SOURCEs to DIRECTORY

	-f	Don't prompt before overwriting
	-i	Interactive, prompt before overwrite
	-n	Don't overwrite an existing file
	-T	Refuse to move if DEST is a directory
	-t DIR	Move all SOURCEs into DIR`,
    options: { flags: "finTu", values: "t" },
  },
  async (process, call) => intoPlace(process, call, (copier, source, target) => copier.move(source, target)),
);

/** `ln [-sfn] TARGET... LINK|DIR`: creates hard or symbolic links. */
export const ln = applet(
  {
    help: `ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR

Create a link LINK or DIR/TARGET to the specified TARGET(s)

	-s	Make symlinks instead of hardlinks
	-f	Remove existing destinations
	-n	Don't dereference symlinks - treat like normal file
	-b	Make a backup of the target (if exists) before link operation
	-S SUF	Use suffix instead of ~ when making backup files
	-T	Treat LINK as a file, not DIR
	-v	Verbose`,
    options: { flags: "sfnbTv", values: "S" },
  },
  async (process, call) => {
    const { operands } = call;
    const [only] = operands;
    if (only === undefined) return call.usage(process);
    const spelt =
      operands.length === 1 ? { ...call, operands: [only, only.split("/").at(-1) as string] } : call;
    return intoPlace(process, spelt, (copier, source, target) => copier.link(source, target));
  },
);

/**
 * Calls `body` with each source and its target. The target is the last operand, or a name in that directory.
 */
function intoPlace(
  process: ProcessContext,
  { name, given, operands, usage }: AppletCall,
  body: (copier: Copier, source: string, target: string) => void,
): number {
  const directory = given.get("t")?.at(-1);
  const sources = directory === undefined ? operands.slice(0, -1) : operands;
  const last = directory ?? operands.at(-1);
  if (last === undefined || sources.length === 0) return usage(process);
  const { files } = process;
  const copier = new Copier(process, name, given, files);
  if (name !== "ln" && !copier.canStat(last)) return 1;
  const isLink =
    name === "ln" && given.has("n") && files.exists(last) && files.lstat(last).type === "symlink";
  const inside =
    directory !== undefined || sources.length > 1 || (files.isDirectory(last) && !given.has("T") && !isLink);
  for (const source of sources) {
    // A directory goes into what exists, even if that turns out to be a file.
    const goesInto = name === "cp" && !given.has("T") && files.isDirectory(source) && files.exists(last);
    const target =
      inside || goesInto
        ? `${withoutTrailing(last, "/")}/${withoutTrailing(source, "/").split("/").at(-1)}`
        : last;
    body(copier, source, target);
  }
  return copier.code;
}

/** The operations of `cp`, `mv` and `ln` on one source. It prints errors and keeps the exit code. */
class Copier {
  code = 0;

  constructor(
    readonly process: ProcessContext,
    readonly name: string,
    readonly given: AppletCall["given"],
    readonly files: Files,
  ) {}

  /** Returns whether a path leads to a file or to none, and not in a circle or through a file. */
  canStat(path: string): boolean {
    try {
      this.files.stat(path);
    } catch (error) {
      if (!(error instanceof FileError) || error.code === "ENOENT") return true;
      this.#failed(error, `can't stat '${path}'`);
      return false;
    }
    return true;
  }

  copy(source: string, target: string, top: boolean): void {
    const { files, given } = this;
    const recurses = given.has("r") || given.has("R") || given.has("a");
    const keepsLinks = given.has("P") || given.has("d") || given.has("a") || (recurses && !given.has("L"));
    const follows = !keepsLinks || given.has("L") || (given.has("H") && top);
    let stat: ReturnType<Files["stat"]>;
    try {
      stat = follows ? files.stat(source) : files.lstat(source);
    } catch (error) {
      this.#failed(error, `can't stat '${source}'`);
      return;
    }
    if (stat.type === "directory" && !recurses) {
      this.#complain(`omitting directory '${source}'`);
      return;
    }
    let there: ReturnType<Files["stat"]> | undefined;
    try {
      there = files.isThere(target) ? files.lstat(target) : undefined;
      // A path through a file leads nowhere, and says so.
      if (!there) this.#look(target);
    } catch (error) {
      this.#failed(error, `can't stat '${target}'`);
      return;
    }
    if (there) {
      if (given.has("n")) return;
      if (there.inode === stat.inode && there.system === stat.system) {
        this.#complain(`'${source}' and '${target}' are the same file`);
        return;
      }
      if (given.has("u") && there.mtime >= stat.mtime) return;
    }
    try {
      if (stat.type === "directory") {
        if (there && there.type !== "directory" && !files.isDirectory(target)) {
          this.#complain(`target '${target}' is not a directory`);
          return;
        }
        if (!there && !this.#makeDirectory(target)) return;
        for (const name of files.list(source)) this.copy(`${source}/${name}`, `${target}/${name}`, false);
        files.chmod(target, stat.mode);
      } else if (given.has("s") || given.has("l")) {
        if (there) this.#overwrite(target);
        if (given.has("s")) files.symlink(source, target);
        else files.link(source, target);
      } else if (stat.type === "file") {
        this.#write(source, target, stat.mode);
      } else {
        if (there) this.#overwrite(target);
        if (stat.type === "symlink") files.symlink(files.readlink(source), target);
        else files.mknod(target, deviceOf(stat), stat.mode);
      }
      if (given.has("p") || given.has("a")) {
        if (stat.type !== "symlink") files.chmod(target, stat.mode);
        files.chown(target, stat.uid, stat.gid, false);
        files.setTime(target, stat.mtime, false);
      }
    } catch (error) {
      this.#failed(error, `can't create '${target}'`);
    }
  }

  move(source: string, target: string): void {
    const { files, given } = this;
    if (given.has("n") && files.exists(target)) return;
    try {
      files.rename(source, target);
    } catch (error) {
      if (!(error instanceof FileError && error.code === "EXDEV")) {
        this.#failed(error, `can't rename '${source}'`);
        return;
      }
      // A move to another file system is a full copy, after which the source is removed.
      const all = new Map([...given, ["a", []] as const]);
      const copier = new Copier(this.process, this.name, all, files);
      copier.copy(source, target, true);
      this.code = copier.code;
      if (copier.code === 0) files.remove(source);
    }
  }

  link(source: string, target: string): void {
    const { files, given } = this;
    try {
      if (given.has("f")) this.#makeRoom(target);
      if (given.has("s")) files.symlink(source, target);
      else files.link(source, target);
    } catch (error) {
      this.#failed(error, target);
    }
  }

  /** Looks at the directory of a file that does not exist. @throws {FileError} ENOTDIR, ELOOP */
  #look(target: string): void {
    try {
      this.files.lstat(target);
    } catch (error) {
      if (!(error instanceof FileError && error.code === "ENOENT")) throw error;
    }
  }

  /** Writes a file's content to another. With `-f` a file that cannot be written to is replaced. */
  #write(source: string, target: string, mode: number): void {
    const { files, given } = this;
    let content: Uint8Array;
    try {
      content = files.read(source);
    } catch (error) {
      this.#failed(error, `can't open '${source}'`);
      return;
    }
    try {
      files.write(target, content, { mode });
    } catch (error) {
      if (!(error instanceof FileError) || !given.has("f") || !files.isThere(target)) throw error;
      files.unlink(target);
      files.write(target, content, { mode });
    }
  }

  #makeDirectory(path: string): boolean {
    try {
      this.files.mkdir(path, 0o777);
    } catch (error) {
      this.#failed(error, `can't create directory '${path}'`);
      return false;
    }
    return true;
  }

  /** Removes what is in the way with `-f`. @throws {FileError} EEXIST without it */
  #overwrite(target: string): void {
    if (!this.given.has("f")) throw new FileError("EEXIST");
    this.files.unlink(target);
  }

  #makeRoom(path: string): void {
    try {
      this.files.unlink(path);
    } catch (error) {
      if (!(error instanceof FileError && error.code === "ENOENT")) throw error;
    }
  }

  #failed(error: unknown, what: string): void {
    if (!(error instanceof FileError)) throw error;
    this.#complain(`${what}: ${error.message}`);
  }

  #complain(text: string): void {
    this.process.stderr(`${this.name}: ${text}\n`);
    this.code = 1;
  }
}

function deviceOf({ type, major, minor }: ReturnType<Files["stat"]>): Parameters<Files["mknod"]>[1] {
  if (type === "character device" || type === "block device") return { type, major, minor };
  return { type: type === "socket" ? type : "fifo" };
}
