import { FileError, type FileStat, type ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { type DiffStyle, hunksBetween } from "./diff-hunks.js";
import { wholeFile } from "./input-file.js";
import { readNumber } from "./numbers.js";

const help = `diff [-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2

Compare files line by line and output the differences between them.
This implementation supports unified diffs only.

	-a	Treat all files as text
	-b	Ignore changes in the amount of whitespace
	-B	Ignore changes whose lines are all blank
	-d	Try hard to find a smaller set of changes
	-i	Ignore case differences
	-L	Use LABEL instead of the filename in the unified header
	-N	Treat absent files as empty
	-q	Output only whether files differ
	-r	Recurse
	-S	Start with FILE when comparing directories
	-T	Make tabs line up by prefixing a tab when necessary
	-s	Report when two files are the same
	-t	Expand tabs to spaces in output
	-U	Output LINES lines of context
	-w	Ignore all whitespace`;

const long = {
  "ignore-space-change": "b",
  "ignore-blank-lines": "B",
  minimal: "d",
  "ignore-case": "i",
  "new-file": "N",
  brief: "q",
  recursive: "r",
  "report-identical-files": "s",
  "expand-tabs": "t",
  "initial-tab": "T",
  "ignore-all-space": "w",
  text: "a",
  unified: "U",
  label: "L",
  "starting-file": "S",
};

const trouble = 2;
const usualContext = 3;

/** `diff FILE1 FILE2`: prints how two files or directories differ, in the unified format. */
export const diff = applet(
  { help, options: { flags: "abdiNqrsTtuwBp", values: "LSU", long } },
  async (process, { name, given, operands, usage }) => {
    const [first, second] = operands;
    const context = given.has("U")
      ? readNumber(given.get("U")?.at(-1) as string, 0, 2 ** 31 - 1)
      : usualContext;
    if (typeof context === "string") {
      process.stderr(`${name}: ${context}\n`);
      return 1;
    }
    if (first === undefined || second === undefined || operands.length > 2) return usage(process);
    const comparison = new Comparison(process, name, given, {
      context,
      ignores: {
        case: given.has("i"),
        allSpace: given.has("w"),
        amountOfSpace: given.has("b"),
        blankLines: given.has("B"),
      },
      thorough: given.has("d"),
      expandsTabs: given.has("t"),
      initialTab: given.has("T"),
    });
    return await comparison.ofOperands(first, second);
  },
);

class Comparison {
  code = 0;

  constructor(
    readonly process: ProcessContext,
    readonly name: string,
    readonly given: ReadonlyMap<string, readonly string[]>,
    readonly style: DiffStyle,
  ) {}

  async ofOperands(first: string, second: string): Promise<number> {
    const isAbsentAllowed = this.given.has("N");
    const stats: (FileStat | undefined)[] = [];
    for (const path of [first, second]) {
      const stat = path === "-" ? undefined : this.process.files.statIfThere(path);
      if (path !== "-" && !stat && !isAbsentAllowed) return this.#refuse(path, trouble);
      stats.push(stat);
    }
    const [one, other] = stats;
    if ([first, second].includes("-") && stats.some((stat) => stat?.type === "directory")) {
      this.process.stderr(`${this.name}: can't compare stdin to a directory\n`);
      return 1;
    }
    if (one?.type === "directory" && other?.type === "directory") {
      await this.#ofDirectories(first, second);
      return this.code;
    }
    let [left, right] = [first, second];
    if (one?.type === "directory") left = within(first, baseName(second));
    if (other?.type === "directory") right = within(second, baseName(first));
    for (const path of [left, right]) {
      if (path !== "-" && !this.process.files.exists(path) && !isAbsentAllowed) return this.#refuse(path, 1);
    }
    await this.#ofFiles(left, right, [left, right]);
    return this.code;
  }

  #refuse(path: string, code: number): number {
    this.process.stderr(`${this.name}: can't stat '${path}': No such file or directory\n`);
    return code;
  }

  /** @param labels what the header calls them */
  async #ofFiles(left: string, right: string, labels: readonly [string, string]): Promise<void> {
    const [one, other] = [await this.#read(left), await this.#read(right)];
    if (one === undefined || other === undefined) {
      this.code = Math.max(this.code, trouble);
      return;
    }
    if (this.#isSame(left, right)) return;
    const files = `Files ${left} and ${right}`;
    const isBinary = !this.given.has("a") && (one.includes("\0") || other.includes("\0"));
    if (one === other) {
      if (this.given.has("s")) this.#print(`${files} are identical\n`);
      return;
    }
    const hunks = isBinary ? [] : hunksBetween(one, other, this.style);
    if (hunks.length === 0 && !isBinary) {
      if (this.given.has("s")) this.#print(`${files} are identical\n`);
      return;
    }
    this.code = Math.max(this.code, 1);
    if (this.given.has("q") || isBinary) {
      this.#print(`${files} differ\n`);
      return;
    }
    const [before = labels[0], after = labels[1]] = this.given.get("L") ?? [];
    this.#print(`--- ${before}\n+++ ${after}\n${hunks.join("")}`);
  }

  #isSame(left: string, right: string): boolean {
    if (left === "-" || right === "-") return left === right;
    const [one, other] = [left, right].map((path) => this.process.files.statIfThere(path));
    return one !== undefined && one.inode === other?.inode && one.system === other.system;
  }

  async #read(path: string): Promise<string | undefined> {
    const stat = path === "-" ? undefined : this.process.files.statIfThere(path);
    // What is a directory on one side is absent there, as one of the files that -r lists.
    if (path !== "-" && (!stat || (stat.type === "directory" && this.given.has("N")))) return "";
    try {
      return fromBytes(await wholeFile(this.process, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.process.stderr(`${this.name}: ${path}: ${error.message}\n`);
      return undefined;
    }
  }

  #print(text: string): void {
    this.process.stdout(toBytes(text));
  }

  async #ofDirectories(left: string, right: string): Promise<void> {
    const [inLeft, inRight] = [new Set(this.#list(left, right)), new Set(this.#list(right, left))];
    const start = this.given.get("S")?.at(-1) ?? "";
    const names = [...new Set([...inLeft, ...inRight])].sort().filter((name) => name >= start);
    for (const name of names) {
      const [one, other] = [within(left, name), within(right, name)];
      const absent = !inLeft.has(name) ? left : !inRight.has(name) ? right : undefined;
      if (absent === undefined) await this.#ofEntries(one, other);
      else if (this.given.has("N")) {
        const labels = absent === left ? (["/dev/null", other] as const) : ([one, "/dev/null"] as const);
        await this.#ofFiles(one, other, labels);
      } else {
        this.#print(`Only in ${absent === left ? right : left}: ${name}\n`);
        this.code = Math.max(this.code, 1);
      }
    }
  }

  async #ofEntries(one: string, other: string): Promise<void> {
    const { files } = this.process;
    const kinds = [one, other].map((path) => files.stat(path).type);
    if (kinds[0] === "directory" && kinds[1] === "directory") {
      this.#print(`Common subdirectories: ${one} and ${other}\n`);
    } else if (kinds[0] !== kinds[1]) {
      const [is, was] = kinds.map((kind) => (kind === "file" ? "regular file" : kind));
      this.#print(`File ${one} is a ${is} while file ${other} is a ${was}\n`);
    } else if (kinds[0] === "file") await this.#ofFiles(one, other, [one, other]);
    else this.#print(`File ${one} is not a regular file or directory and was skipped\n`);
  }

  /**
   * The names in a directory; with `-r` the paths of the files below it. Directories that the other side does
   * not have are left out then, unless what is absent counts as empty.
   */
  #list(root: string, otherRoot: string): string[] {
    const { files } = this.process;
    if (!this.given.has("r")) return files.list(root);
    const found: string[] = [];
    const look = (below: string): void => {
      for (const name of files.list(within(root, below))) {
        const path = below === "" ? name : `${below}/${name}`;
        if (!files.isDirectory(within(root, path))) found.push(path);
        else if (this.given.has("N") || files.isDirectory(within(otherRoot, path))) look(path);
      }
    };
    look("");
    return found;
  }
}

function within(directory: string, name: string): string {
  if (name === "") return directory;
  return directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}

function baseName(path: string): string {
  return path.replace(/\/+$/, "").replace(/.*\//, "");
}
