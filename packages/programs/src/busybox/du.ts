import { FileError, type FileStat, type ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";
import { humanSize } from "./human-size.js";
import { readNumber } from "./number.js";

const help = `du [-aHLdclsxhmk] [FILE]...

Summarize disk space used for FILEs (or directories)

	-a	Show file sizes too
	-b	Apparent size (including holes)
	-L	Follow all symlinks
	-H	Follow symlinks on command line
	-d N	Limit output to directories (and files with -a) of depth < N
	-c	Show grand total
	-l	Count sizes many times if hard linked
	-s	Display only a total for each argument
	-x	Skip directories on different filesystems
	-h	Sizes in human readable format (e.g., 1K 243M 2G)
	-m	Sizes in megabytes
	-k	Sizes in kilobytes (default)`;

const blockSize = 4096;
const kilobyte = 1024;

/** `du [FILE]...`: sums up the space that files and directories take. */
export const du = applet({ help, options: { flags: "aHLclsxhmkb", values: "d" } }, async (process, call) => {
  const { given, operands } = call;
  const depth = given.get("d")?.at(-1);
  const sum = new Sum(
    process,
    call,
    given.has("s") ? 0 : depth === undefined ? undefined : readNumber(depth),
  );
  let total = 0;
  for (const path of operands.length > 0 ? operands : ["."]) total += sum.show(path);
  if (given.has("c")) sum.print(total, "total");
  return sum.code;
});

/** Sums up sizes in bytes, and prints them. */
class Sum {
  code = 0;
  readonly #process: ProcessContext;
  readonly #call: AppletCall;
  /** How many levels of directories are shown. `undefined` for all. */
  readonly #depth: number | undefined;
  /** The files with several names that were counted. */
  readonly #counted = new Map<object, Set<number>>();

  constructor(process: ProcessContext, call: AppletCall, depth: number | undefined) {
    this.#process = process;
    this.#call = call;
    this.#depth = depth;
  }

  /** Prints the size of an argument and of what is below it. Returns its bytes. */
  show(path: string): number {
    const { given } = this.#call;
    return this.#sizeOf(path, 0, given.has("L") || given.has("H"), undefined);
  }

  print(bytes: number, path: string): void {
    const { given } = this.#call;
    const text = given.has("h")
      ? humanSize(bytes)
      : given.has("b")
        ? bytes
        : Math.ceil(bytes / (given.has("m") ? kilobyte ** 2 : kilobyte));
    this.#process.stdout(`${text}\t${path}\n`);
  }

  #sizeOf(path: string, level: number, follows: boolean, system: FileStat["system"] | undefined): number {
    const { files, stderr } = this.#process;
    const { given, name } = this.#call;
    try {
      const stat = follows ? files.stat(path) : files.lstat(path);
      if (given.has("x") && system !== undefined && stat.system !== system) return 0;
      if (this.#isKnown(stat)) return 0;
      let bytes = given.has("b") ? stat.size : blocksOf(stat);
      if (stat.type === "directory") {
        for (const entry of files.list(path)) {
          const below = path.endsWith("/") ? `${path}${entry}` : `${path}/${entry}`;
          bytes += this.#sizeOf(below, level + 1, given.has("L"), stat.system);
        }
      } else if (level > 0 && !given.has("a")) {
        return bytes;
      }
      if (this.#depth === undefined || level <= this.#depth) this.print(bytes, path);
      return bytes;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      stderr(`${name}: ${path}: ${error.message}\n`);
      this.code = 1;
      return 0;
    }
  }

  /** Returns whether this file was counted under another name. */
  #isKnown(stat: FileStat): boolean {
    if (stat.links < 2 || this.#call.given.has("l")) return false;
    const ofSystem = this.#counted.get(stat.system) ?? new Set();
    this.#counted.set(stat.system, ofSystem);
    if (ofSystem.has(stat.inode)) return true;
    ofSystem.add(stat.inode);
    return false;
  }
}

/** The bytes of the blocks that a file takes. A symbolic link is within its inode. */
function blocksOf({ type, size }: FileStat): number {
  if (type === "directory") return blockSize;
  return type === "file" ? Math.ceil(size / blockSize) * blockSize : 0;
}
